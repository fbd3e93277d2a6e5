import { expect, test } from 'bun:test'
import { createPause, Stopped } from './pause.ts'

test('whoever waits goes on after a while, and is told when the consumer stops', async () => {
  const pause = createPause()
  pause.failed()
  expect(pause.paused()).toBe(true)
  await pause.over()
  pause.failed()
  const waiting = pause.over()
  pause.stop()
  await expect(waiting).rejects.toBeInstanceOf(Stopped)
})

test('it can be stopped however often it was waited for', async () => {
  const pause = createPause()
  pause.failed()
  const waits = Array.from({ length: 100_000 }, () => pause.over().catch(() => {}))
  expect(() => pause.stop()).not.toThrow()
  await Promise.all(waits)
  await expect(pause.over()).rejects.toBeInstanceOf(Stopped)
})
