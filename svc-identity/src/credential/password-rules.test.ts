import { expect, test } from 'bun:test'
import { checkPassword, normalisePassword } from './password-rules.ts'

const email = 'marguerite.d@example.com'
const isRefused = (password: string) => checkPassword(password, email)?.refused === 'password_too_weak'

test('common passwords are refused, also with digits and signs around them', () => {
  for (const password of ['1234567890', 'qwertyuiop', 'Password123!', '!!football2026', 'iloveyou12']) {
    expect(isRefused(password), password).toBe(true)
  }
})

test('the address, or its name with digits, is refused', () => {
  for (const password of [email, email.toUpperCase(), 'Marguerite.D1990']) {
    expect(isRefused(password), password).toBe(true)
  }
})

test('patterns without a secret are refused', () => {
  for (const password of ['aaaaaaaaaaaa', 'abababababab', 'abcdefghijkl', '9876543210']) {
    expect(isRefused(password), password).toBe(true)
  }
})

test('a length is counted in characters, not in units', () => {
  expect(isRefused('👍🎉🎈🌍🌞')).toBe(true)
  expect(isRefused('x'.repeat(129))).toBe(true)
})

test('a sentence is a good password', () => {
  for (const password of ['a long walk in the rain', 'Tr0ub4dor&3 goes home', 'vier Äpfel für Ärger']) {
    expect(checkPassword(password, email), password).toBeNull()
  }
})

test('two ways to compose one letter are one password', () => {
  expect(normalisePassword('cafe\u0301 au lait')).toBe(normalisePassword('caf\u00e9 au lait'))
})
