import { expect, test } from 'bun:test'
import { dayEnd, likesLeft, utcDay } from './day.ts'

test('a day ends at midnight UTC', () => {
  const late = new Date('2026-12-31T23:59:59.999Z')
  expect(utcDay(late)).toBe('2026-12-31')
  expect(dayEnd(late)).toEqual(new Date('2027-01-01T00:00:00Z'))
  expect(dayEnd(new Date('2027-01-01T00:00:00Z'))).toEqual(new Date('2027-01-02T00:00:00Z'))
})

test('likes left never go below none, and no limit stays none', () => {
  expect([likesLeft(20, 3), likesLeft(20, 25), likesLeft(null, 500)]).toEqual([17, 0, null])
})
