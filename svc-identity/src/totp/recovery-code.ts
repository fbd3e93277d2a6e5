import { randomBytes } from 'node:crypto'

export const recoveryCodeCount = 10

/** Crockford's letters: no I, L, O, U to mistake. 32 of them, so a byte's five low bits choose evenly. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ten new codes of 50 random bits each, as `XXXXX-XXXXX`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const code = [...randomBytes(10)].map((byte) => letters[byte & 31]).join('')
    return `${code.slice(0, 5)}-${code.slice(5)}`
  })
}

/** The one form of a code, however it was typed: case, spaces, dashes, and letters taken for digits. */
export function normaliseRecoveryCode(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}
