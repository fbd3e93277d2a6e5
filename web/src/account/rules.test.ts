import { describe, expect, test } from 'bun:test'
import { birthDateFrom, isAdult, isEmail, isLongEnough, plainDigits } from './rules.ts'

const now = new Date('2026-03-01T12:00:00Z')

describe('a birth date', () => {
  test('is a day of the calendar that has been', () => {
    expect(birthDateFrom('5', '7', '1990', now)).toBe('1990-07-05')
    expect(birthDateFrom('31', '2', '1990', now)).toBeNull()
    expect(birthDateFrom('1', '1', '2030', now)).toBeNull()
    expect(birthDateFrom('1', '1', '90', now)).toBeNull()
    expect(birthDateFrom('1', '1', '1890', now)).toBeNull()
    expect(birthDateFrom('', '7', '1990', now)).toBeNull()
  })

  test('may be typed with Arabic digits', () => {
    expect(birthDateFrom('٥', '7', '١٩٩٠', now)).toBe('1990-07-05')
    expect(plainDigits('۱۲٣456')).toBe('123456')
  })

  test('is of age on the eighteenth birthday, not a day before', () => {
    expect(isAdult('2008-03-01', now)).toBe(true)
    expect(isAdult('2008-03-02', now)).toBe(false)
    expect(isAdult('2008-02-29', now)).toBe(true)
    expect(isAdult('2008-02-29', new Date('2026-02-28T23:00:00Z'))).toBe(false)
  })
})

test('an address has a name, one @ and a domain', () => {
  expect(isEmail(' ada@example.com ')).toBe(true)
  expect(isEmail('ada@example')).toBe(false)
  expect(isEmail('ada example@x.com')).toBe(false)
  expect(isEmail('')).toBe(false)
})

test('a password is counted in letters, however they were composed', () => {
  expect(isLongEnough('a long walk')).toBe(true)
  expect(isLongEnough('too short')).toBe(false)
  expect(isLongEnough('🙂'.repeat(9))).toBe(false)
  expect(isLongEnough('e\u0301'.repeat(6))).toBe(false)
})
