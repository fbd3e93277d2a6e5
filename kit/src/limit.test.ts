import { expect, test } from 'bun:test'
import { createLimit } from './limit.ts'

test('runs so many at a time, queues so many, and refuses the rest', async () => {
  const limit = createLimit(2, 1)
  const started: number[] = []
  const enter = (name: number) => limit.tryEnter(() => started.push(name))
  expect([enter(1), enter(2), enter(3), enter(4)]).toEqual([true, true, true, false])
  expect(started).toEqual([1, 2])
  limit.leave()
  expect(started).toEqual([1, 2, 3])
  expect(limit.size()).toBe(2)
  const idle = limit.idle()
  limit.leave()
  limit.leave()
  await idle
  expect(limit.size()).toBe(0)
})
