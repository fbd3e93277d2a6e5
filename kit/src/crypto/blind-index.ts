import { createHmac } from 'node:crypto'
import type { BlindIndexKey, Keyring } from './keyring.ts'

export interface BlindIndex {
  version: number
  /** 32 bytes. */
  digest: Buffer
}

/**
 * A keyed digest (HMAC-SHA256) by which an encrypted value can be found without being read. Normalise the
 * value first. `purpose` keeps indexes apart, so that equal values in two columns cannot be matched.
 */
export function blindIndex(keyring: Keyring, purpose: string, value: string): BlindIndex {
  const [current] = keyring.blindIndexKeys()
  if (!current) throw new Error('the keyring has no blind-index key')
  return digestWith(current, purpose, value)
}

/** The digest under every version of the key, newest first: look-ups must accept any of them. */
export function blindIndexes(keyring: Keyring, purpose: string, value: string): BlindIndex[] {
  return keyring.blindIndexKeys().map((key) => digestWith(key, purpose, value))
}

function digestWith({ version, key }: BlindIndexKey, purpose: string, value: string): BlindIndex {
  return { version, digest: createHmac('sha256', key).update(`${purpose}\0${value}`).digest() }
}
