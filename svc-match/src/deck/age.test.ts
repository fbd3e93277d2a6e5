import { expect, test } from 'bun:test'
import { ageByMonth, birthMonths } from './age.ts'

const now = new Date('2026-03-31T23:59:00Z')

test('somebody is a year older from the first of the month of birth', () => {
  expect(ageByMonth('1996-03-01', now)).toBe(30)
  expect(ageByMonth('1996-04-01', now)).toBe(29)
  expect(ageByMonth('1995-12-01', new Date('2026-01-01T00:00:00Z'))).toBe(30)
})

test('months of birth and ages say the same at both ends of a range', () => {
  const { first, last } = birthMonths(25, 30, now)
  expect([first, last]).toEqual(['1995-04-01', '2001-03-01'])
  expect([ageByMonth(first, now), ageByMonth(last, now)]).toEqual([30, 25])
  expect([ageByMonth('1995-03-01', now), ageByMonth('2001-04-01', now)]).toEqual([31, 24])
})
