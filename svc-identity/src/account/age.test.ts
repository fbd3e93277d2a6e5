import { expect, test } from 'bun:test'
import { isAdult, isBirthDate, isCalendarDate } from './age.ts'

const on = (day: string, time = '12:00:00') => new Date(`${day}T${time}Z`)

test('the day before the eighteenth birthday is a day too early', () => {
  expect(isAdult('2008-11-25', on('2026-11-24', '23:59:59'))).toBe(false)
  expect(isAdult('2008-11-24', on('2026-11-24', '00:00:00'))).toBe(true)
})

test('who was born on 29 February comes of age on 1 March of a common year', () => {
  expect(isAdult('2008-02-29', on('2026-02-28'))).toBe(false)
  expect(isAdult('2008-02-29', on('2026-03-01'))).toBe(true)
})

test('who was born on 28 February of a leap year does not wait for the 29th', () => {
  expect(isAdult('2008-02-28', on('2026-02-28'))).toBe(true)
})

test('only days that exist are dates', () => {
  for (const text of ['2001-02-29', '2000-13-01', '2000-00-10', '2000-1-1', '20000101', 'yesterday']) {
    expect(isCalendarDate(text), text).toBe(false)
  }
  expect(isCalendarDate('2000-02-29')).toBe(true)
})

test('a birth date lies neither ahead nor before anybody alive', () => {
  expect(isBirthDate('2030-01-01', on('2026-11-24'))).toBe(false)
  expect(isBirthDate('1899-12-31', on('2026-11-24'))).toBe(false)
  expect(isBirthDate('1950-06-15', on('2026-11-24'))).toBe(true)
})
