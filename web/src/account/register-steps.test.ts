import { describe, expect, test } from 'bun:test'
import { Problem } from '../api/problem.ts'
import type { Registration } from './register-draft.ts'
import { accountOf, openStep, problemsOf, refusedFields } from './register-steps.ts'

const now = new Date('2026-03-01T12:00:00Z')
const complete: Registration = {
  role: 'companion',
  displayName: ' Ada ',
  birthDay: '9',
  birthMonth: '5',
  birthYear: '1990',
  email: ' ada@example.com ',
  password: 'a long walk in the rain',
  terms: true,
  privacy: true,
  sensitiveData: true,
  marketing: false,
}

describe('a registration', () => {
  test('is sent as the platform takes it', () => {
    expect(problemsOf(complete, now)).toEqual({})
    expect(accountOf(complete, now)).toEqual({
      role: 'companion',
      displayName: 'Ada',
      birthDate: '1990-05-09',
      email: 'ada@example.com',
      password: 'a long walk in the rain',
      consents: { terms: true, privacy: true, sensitiveData: true, marketing: false },
    })
  })

  test('needs an adult, and every consent but the one for news', () => {
    expect(problemsOf({ ...complete, birthYear: '2010' }, now)).toEqual({
      birthDay: 'account.birth.underAge',
    })
    expect(problemsOf({ ...complete, privacy: false }, now)).toEqual({ privacy: 'account.consent.problem' })
  })

  test('leads back to the first step that is not answered, as after a reload, which forgets the password', () => {
    expect(openStep('consents', complete, now)).toBe('consents')
    expect(openStep('consents', { ...complete, password: '' }, now)).toBe('access')
    expect(openStep('access', { ...complete, role: '' }, now)).toBe('role')
    expect(openStep('role', { ...complete, role: '' }, now)).toBe('role')
  })
})

test('a refusal is told at its fields, and is none of a field when the platform is away', () => {
  const fields = [
    { path: '/email', in: 'body' as const, expected: 'an address' },
    { path: '/unknown', in: 'body' as const, expected: 'something' },
  ]
  expect(refusedFields(new Problem({ status: 422, code: 'validation_failed', fields }))).toEqual({
    email: 'account.email.problem',
  })
  expect(refusedFields(new Problem({ status: 422, code: 'under_age' }))).toEqual({
    birthDay: 'account.birth.underAge',
  })
  expect(refusedFields(new Problem({ status: 503, code: 'unavailable' }))).toEqual({})
})
