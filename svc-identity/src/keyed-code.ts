import { timingSafeEqual } from 'node:crypto'
import { blindIndex, blindIndexes } from '@accord/kit/crypto/blind-index'
import type { Keyring } from '@accord/kit/crypto/keyring'

/** Which table of short codes a digest belongs to. */
export type CodePurpose = 'login-code' | 'recovery-code'

/**
 * Digest of a code that is too short to be stored under a plain hash: without the keyring's key, a copy of the
 * database gives none of them away. `owner` binds it to its challenge or member.
 */
export function codeDigest(keyring: Keyring, purpose: CodePurpose, owner: string, code: string): Buffer {
  return blindIndex(keyring, purpose, `${owner} ${code}`).digest
}

/** The digests a code may be stored under, by the versions of the key. */
export function codeDigests(keyring: Keyring, purpose: CodePurpose, owner: string, code: string): Buffer[] {
  return blindIndexes(keyring, purpose, `${owner} ${code}`).map((index) => index.digest)
}

/** Whether a given code is the stored one; takes as long for a wrong one. */
export function isCode(stored: Buffer, candidates: readonly Buffer[]): boolean {
  return candidates.some((digest) => digest.length === stored.length && timingSafeEqual(digest, stored))
}
