import { expect, test } from 'bun:test'
import { isId, newId } from '@accord/contracts/id'
import { decodeCursor, decodeTimeCursor, encodeCursor, pageOf } from './cursor.ts'

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

const isMember = (id: string) => isId('mem', id)
const member = newId('mem')
test('a cursor of a list by time gives back time and id', () => {
  const time = new Date('2026-03-01T12:00:00.123Z')
  const cursor = encodeCursor([time.toISOString(), member])
  expect(decodeTimeCursor(cursor, isMember)).toEqual({ time, id: member })
})
test.each([
  ['no time', ['yesterday', member]],
  ['a number', [1_772_366_400_000, member]],
  ['a day that never was', ['2026-02-30T12:00:00.000Z', member]],
  ['an hour that never was', ['2026-02-28T99:00:00.000Z', member]],
  ['another form', ['2026-03-01', member]],
  ['another zone', ['2026-03-01T12:00:00.000+01:00', member]],
  ['a time before Postgres has any', ['-271821-04-20T00:00:00.000Z', member]],
  ['a year that is none', ['0000-01-01T00:00:00.000Z', member]],
  ['a time after the calendar', ['+275760-09-13T00:00:00.000Z', member]],
  ['an id of another kind', ['2026-03-01T12:00:00.000Z', newId('mat')]],
  ['no id', ['2026-03-01T12:00:00.000Z']],
  ['a number for an id', ['2026-03-01T12:00:00.000Z', 7]],
])('a cursor of a list by time is refused with %s', (_, values) => {
  expect(() => decodeTimeCursor(encodeCursor(values), isMember)).toThrow(
    expect.objectContaining({
      code: 'validation_failed',
      fields: [expect.objectContaining({ path: '/cursor', in: 'query' })],
    }),
  )
})
