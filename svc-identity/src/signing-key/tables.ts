import type { JSONColumnType } from 'kysely'

/** `next` is published ahead of its use, `retired` until the last token it signed has expired. */
export type SigningKeyState = 'next' | 'current' | 'retired'

export interface PublicKey {
  kty: string
  crv: string
  x: string
  kid: string
  alg: string
  use: string
}

export interface SigningKeysTable {
  kid: string
  state: SigningKeyState
  public_jwk: JSONColumnType<PublicKey>
  private_sealed: Buffer
  created_at: Date
  /** When it took its present state. */
  since: Date
}

export interface SigningKeyTables {
  signing_keys: SigningKeysTable
}
