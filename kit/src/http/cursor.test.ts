import { expect, test } from 'bun:test'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'

const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ seq: index + 1 }))
const cursorOf = (row: { seq: number }) => [row.seq]

test('a page says whether there is more, and where it ended', () => {
  const page = pageOf(rows(4), 3, cursorOf)
  expect(page.data).toEqual(rows(3))
  expect(page.pagination).toEqual({ hasNextPage: true, nextCursor: encodeCursor([3]), limit: 3 })
})
test('the last page has no cursor', () => {
  expect(pageOf(rows(3), 3, cursorOf).pagination).toEqual({ hasNextPage: false, nextCursor: null, limit: 3 })
  expect(pageOf(rows(0), undefined, cursorOf)).toEqual({
    data: [],
    pagination: { hasNextPage: false, nextCursor: null, limit: 20 },
  })
})
test('a cursor gives back what it was made of', () => {
  expect(decodeCursor(encodeCursor(['2026-03-01T12:00:00Z', 7]))).toEqual(['2026-03-01T12:00:00Z', 7])
})
test.each([
  '',
  'nonsense',
  'e30',
  'bnVsbA',
  encodeCursor([]),
  Buffer.from('[{"a":1}]').toString('base64url'),
])('a cursor that is none of ours is refused: %p', (text) => {
  expect(() => decodeCursor(text)).toThrow(
    expect.objectContaining({
      code: 'validation_failed',
      fields: [expect.objectContaining({ path: '/cursor' })],
    }),
  )
})
