import type { SecondFactor } from './tables.ts'

/** How a member proved who they are, in the words of RFC 8176. */
export const passwordProof = ['pwd']

/** The same with a second factor beside the password. */
export const proofs: Record<SecondFactor, string[]> = {
  totp: ['pwd', 'otp', 'mfa'],
  recovery: ['pwd', 'mfa'],
  email: ['pwd', 'otp'],
}
