import { expect, test } from 'bun:test'
import { AppError } from '../error.ts'
import { describe, kindOf, retryDelayMs } from './failure.ts'

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code })

test('only what is away is waited for, what was in the way is tried again, the rest counts as a failure', () => {
  expect(kindOf(new AppError('unavailable'))).toBe('dependency')
  for (const code of ['57P01', '08006', '53300', '53100', '28P01', 'ECONNREFUSED']) {
    expect(kindOf(coded(code)), code).toBe('dependency')
  }
  expect(kindOf(new Error('Connection terminated unexpectedly'))).toBe('dependency')
  expect(kindOf(new Error('query failed', { cause: coded('ECONNRESET') }))).toBe('dependency')
  for (const code of ['40001', '40P01', '55P03']) expect(kindOf(coded(code)), code).toBe('conflict')
  for (const code of ['23505', '42P01', '57014', 'ENOENT']) expect(kindOf(coded(code)), code).toBe('failure')
  for (const error of [new AppError('not_found'), new AppError('timed_out'), 'text', undefined]) {
    expect(kindOf(error)).toBe('failure')
  }
})

test('delays grow by the policy and stay at its last step', () => {
  const steps = [1, 5, 30, 120]
  for (const [deliveries, seconds] of [1, 5, 30, 120, 120, 120].entries()) {
    const delay = retryDelayMs(steps, deliveries + 1)
    expect(delay).toBeGreaterThanOrEqual(seconds * 900)
    expect(delay).toBeLessThanOrEqual(seconds * 1_100)
  }
})

test('an error is described with its causes, within bounds', () => {
  expect(describe(new Error('a', { cause: new TypeError('b') }))).toBe('Error: a <- TypeError: b')
  expect(describe(new Error('x'.repeat(10_000)))).toHaveLength(2_000)
  expect(describe('text')).toBe('text')
})
