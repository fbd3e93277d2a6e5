import { expect, test } from 'bun:test'
import { createLogger } from '@accord/kit/log'
import { repeat } from './repeat.ts'

const log = createLogger({ service: 'identity', write: () => {} })

test('a job that fails runs again', async () => {
  const twice = Promise.withResolvers<void>()
  let runs = 0
  const run = async () => {
    runs++
    if (runs === 2) twice.resolve()
    throw new Error('the first run fails')
  }
  const job = repeat({ name: 'failing', everyMs: 1, run }, log)
  await twice.promise
  await job.stop()
  expect(runs).toBeGreaterThanOrEqual(2)
})

test('stopping waits for the run under way and begins no other', async () => {
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  let runs = 0
  let over = 0
  const run = async () => {
    runs++
    begun.resolve()
    await release.promise
    over++
  }
  const job = repeat({ name: 'slow', everyMs: 1, run }, log)
  await begun.promise
  const stopped = job.stop()
  release.resolve()
  await stopped
  expect([runs, over]).toEqual([1, 1])
})
