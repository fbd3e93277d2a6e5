import { afterEach, expect, setSystemTime, test } from 'bun:test'
import { AppError, isAppError } from '@accord/kit/error'
import { createLogger } from '@accord/kit/log'
import { createBreaker } from './breaker.ts'

const log = createLogger({ service: 'gateway', level: 'silent' })
afterEach(() => {
  setSystemTime()
})

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error) => (isAppError(error) ? error.code : String(error)),
  )
const late = () => Promise.reject(new AppError('timed_out'))

test('a service whose answers do not come in time is left alone, then tried again', async () => {
  const breaker = createBreaker('match', log)
  for (let n = 0; n < 20; n += 1) await codeOf(breaker(late))
  let asked = 0
  const ask = async () => {
    asked += 1
  }
  expect(await codeOf(breaker(ask))).toBe('unavailable')
  expect(asked).toBe(0)

  setSystemTime(Date.now() + 5001)
  expect(await codeOf(breaker(ask))).toBe('answered')
  expect(await codeOf(breaker(ask))).toBe('answered')
})

test('a service that refuses, or is not running, is asked every time', async () => {
  const breaker = createBreaker('chat', log)
  const refuse = () => Promise.reject(new AppError('unavailable'))
  for (let n = 0; n < 50; n += 1) await codeOf(breaker(refuse))
  expect(await codeOf(breaker(async () => 1))).toBe('answered')
})
