import { expect, test } from 'bun:test'
import { matchesTag, weakTag } from './conditional.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('the same bytes have the same tag, others another', () => {
  expect(weakTag(bytes('a'))).toBe(weakTag(bytes('a')))
  expect(weakTag(bytes('a'))).not.toBe(weakTag(bytes('b')))
})

test('a tag is found in a list, weak or strong, and by the star', () => {
  const tag = weakTag(bytes('a'))
  for (const header of [tag, tag.slice(2), `"x", ${tag}`, '*']) expect(matchesTag(header, tag)).toBe(true)
  for (const header of [null, '', '"x"', tag.slice(0, -2)]) expect(matchesTag(header, tag)).toBe(false)
})
