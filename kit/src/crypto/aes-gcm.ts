import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const ivLength = 12
const tagLength = 16
/** First byte of everything sealed, so that another format can follow. */
const formatVersion = 1

/**
 * Seals bytes with AES-256-GCM (NIST SP 800-38D): version byte, random 96-bit IV, ciphertext, 128-bit tag.
 * `binding` is authenticated and not stored: opening needs the same. One key must not seal more than 2^32
 * values (random IVs), which a key for one owner never does.
 */
export function seal(key: Uint8Array, binding: string, plain: Uint8Array): Buffer {
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength })
  cipher.setAAD(Buffer.from(binding))
  const body = cipher.update(plain)
  cipher.final()
  return Buffer.concat([Buffer.of(formatVersion), iv, body, cipher.getAuthTag()])
}

/** Opens what {@link seal} made. Throws when a bit of it, the key or the binding is another. */
export function open(key: Uint8Array, binding: string, sealed: Uint8Array): Buffer {
  if (sealed[0] !== formatVersion || sealed.length < 1 + ivLength + tagLength) {
    throw new Error('sealed value has an unknown format')
  }
  const bodyEnd = sealed.length - tagLength
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(1, 1 + ivLength), {
    authTagLength: tagLength,
  })
  decipher.setAAD(Buffer.from(binding))
  decipher.setAuthTag(sealed.subarray(bodyEnd))
  return Buffer.concat([decipher.update(sealed.subarray(1 + ivLength, bodyEnd)), decipher.final()])
}
