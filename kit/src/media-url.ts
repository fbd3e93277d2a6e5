import { createHmac, timingSafeEqual } from 'node:crypto'

const dayMs = 24 * 60 * 60 * 1000

/** Path prefix of media at the gateway. */
export const mediaPath = '/media/'

/**
 * Path of a media object with its signature: `/media/<name>?e=<expiry>&s=<signature>`, an HMAC-SHA256 over
 * `<name>.<expiry>`. It expires at the end of the next UTC day, in epoch seconds, so that the same object has
 * one URL for a whole day and a browser's cache is of use. `key` has 32 bytes.
 */
export function signMediaUrl(o: { key: Uint8Array; name: string; now: Date }): string {
  const expires = (Math.floor(o.now.getTime() / dayMs) * dayMs + 2 * dayMs) / 1000
  const signature = sign(o.key, o.name, String(expires)).toString('base64url')
  return `${mediaPath}${encodeURIComponent(o.name)}?e=${expires}&s=${signature}`
}

/** Whether `expires` and `signature` (the parameters `e` and `s`) are right for this object and moment. */
export function verifyMediaUrl(o: {
  key: Uint8Array
  name: string
  expires: string
  signature: string
  now: Date
}): boolean {
  if (!/^\d{1,12}$/.test(o.expires)) return false
  const given = Buffer.from(o.signature, 'base64url')
  const right = sign(o.key, o.name, o.expires)
  return (
    given.length === right.length &&
    timingSafeEqual(given, right) &&
    Number(o.expires) * 1000 > o.now.getTime()
  )
}

/** The signing key of its base64url text. Throws when it does not have 32 bytes. */
export function mediaKey(text: string): Uint8Array {
  const key = new Uint8Array(Buffer.from(text, 'base64url'))
  if (key.length !== 32) throw new Error('A media signing key has 32 bytes')
  return key
}

function sign(key: Uint8Array, name: string, expires: string): Buffer {
  return createHmac('sha256', key).update(`${name}.${expires}`).digest()
}
