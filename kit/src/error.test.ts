import { expect, test } from 'bun:test'
import { AppError, isAppError, isRefused, refused, unwrap } from './error.ts'

test('a refusal becomes an error of its code when a route unwraps it, anything else passes', () => {
  expect(unwrap({ id: 1 })).toEqual({ id: 1 })
  expect(unwrap(null)).toBeNull()
  expect(() => unwrap(refused('conflict', { detail: 'Not now.' }))).toThrow(
    expect.objectContaining({ code: 'conflict', detail: 'Not now.' }),
  )
})

test('an error is recognised by name and code, whichever copy of kit made it', () => {
  const foreign = Object.assign(new Error('x'), { name: 'AppError', code: 'not_found' })
  expect(isAppError(foreign)).toBe(true)
  expect(isAppError(new AppError('conflict'))).toBe(true)
  expect(isAppError(Object.assign(new Error('x'), { name: 'AppError', code: 'ECONNRESET' }))).toBe(false)
  expect(isAppError({ name: 'AppError', code: 'conflict' })).toBe(false)
})

test('a resource that happens to have a field of that name is no refusal', () => {
  expect(isRefused({ refused: true })).toBe(false)
  expect(isRefused({ refused: 'by her' })).toBe(false)
})
