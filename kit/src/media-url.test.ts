import { expect, test } from 'bun:test'
import { mediaKey, signMediaUrl, verifyMediaUrl } from './media-url.ts'

const key = new Uint8Array(32).fill(7)
const now = new Date('2026-03-01T10:00:00Z')
const name = 'a1b2c3.avif'

function read(path: string) {
  const url = new URL(path, 'http://localhost')
  return {
    name: decodeURIComponent(url.pathname.slice('/media/'.length)),
    expires: url.searchParams.get('e') ?? '',
    signature: url.searchParams.get('s') ?? '',
  }
}
const signed = read(signMediaUrl({ key, name, now }))

test('a URL holds until the end of the next day, and is the same all day', () => {
  expect(signMediaUrl({ key, name, now: new Date('2026-03-01T23:59:59Z') })).toBe(
    signMediaUrl({ key, name, now }),
  )
  expect(verifyMediaUrl({ key, ...signed, now: new Date('2026-03-02T23:59:59Z') })).toBe(true)
  expect(verifyMediaUrl({ key, ...signed, now: new Date('2026-03-03T00:00:00Z') })).toBe(false)
})

test.each([
  ['another name', { ...signed, name: 'other.avif' }],
  ['a later expiry', { ...signed, expires: String(Number(signed.expires) + 86_400) }],
  ['an expiry that is no number', { ...signed, expires: '9e99' }],
  ['no signature', { ...signed, signature: '' }],
  ['a cut signature', { ...signed, signature: signed.signature.slice(0, 10) }],
])('a URL with %s is refused', (_, changed) => {
  expect(verifyMediaUrl({ key, ...changed, now })).toBe(false)
})

test('a key of another length is refused', () => {
  expect(mediaKey(Buffer.from(key).toString('base64url'))).toEqual(key)
  expect(() => mediaKey('c2hvcnQ')).toThrow('32 bytes')
})
