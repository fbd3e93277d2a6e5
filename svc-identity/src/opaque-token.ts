import { createHash, randomBytes } from 'node:crypto'

const idBytes = 16
const secretBytes = 32

/** A bearer secret and what of it is stored. */
export interface OpaqueToken {
  token: string
  /** SHA-256; 256 random bits need no slower hash. */
  hash: Buffer
}

/**
 * A new bearer token of 256 random bits. It also carries the uuids under which it is looked up, so that its
 * row can be keyed by the member like every other.
 */
export function mintToken(...uuids: string[]): OpaqueToken {
  const ids = uuids.map((uuid) => Buffer.from(uuid.replaceAll('-', ''), 'hex'))
  const token = Buffer.concat([...ids, randomBytes(secretBytes)]).toString('base64url')
  return { token, hash: hashToken(token) }
}

/** The uuids inside a token that was minted with `count` of them, or null for anything else. */
export function uuidsOf(token: string, count: number): string[] | null {
  if (!/^[A-Za-z0-9_-]+$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== count * idBytes + secretBytes || bytes.toString('base64url') !== token) return null
  return Array.from({ length: count }, (_, i) => uuidAt(bytes, i * idBytes))
}

/** What is stored of a token. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function uuidAt(bytes: Buffer, start: number): string {
  const hex = bytes.toString('hex', start, start + idBytes)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
