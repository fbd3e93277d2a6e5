import { expect, test } from 'bun:test'
import { createAggregateQueue, type Handled, type QueueEntry } from './aggregate-queue.ts'

/** A queue whose handler waits to be told how each entry ends. */
function controlled(settled: Set<string> = new Set(), maxHeld = 3) {
  const begun: string[] = []
  const released: [string, number][] = []
  const ends = new Map<string, (handled: Handled) => void>()
  const queue = createAggregateQueue<QueueEntry>({
    handle: (entry) => {
      begun.push(entry.eventId)
      return new Promise((resolve) => ends.set(entry.eventId, resolve))
    },
    isSettled: async (eventId) => settled.has(eventId),
    maxHeld,
    release: (entry, delayMs) => released.push([entry.eventId, delayMs]),
  })
  const push = (aggregate: string, seq: number) =>
    queue.push(aggregate, { seq, eventId: `${aggregate}${seq}` })
  const end = async (eventId: string, handled: Handled = { done: true }) => {
    ends.get(eventId)?.(handled)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { queue, begun, released, push, end }
}

test('entries of one aggregate follow each other by their place in the stream, aggregates do not wait', async () => {
  const { begun, push, end, queue } = controlled()
  push('a', 1)
  push('a', 9)
  push('a', 3)
  push('b', 2)
  expect(begun).toEqual(['a1', 'b2'])
  await end('a1')
  expect(begun).toEqual(['a1', 'b2', 'a3'])
  await end('a3')
  await end('a9')
  await end('b2')
  expect(begun).toEqual(['a1', 'b2', 'a3', 'a9'])
  expect(queue.size()).toBe(0)
})

test('what comes after a failed entry waits until that is here again', async () => {
  const { begun, push, end, queue } = controlled()
  push('a', 1)
  push('a', 2)
  await end('a1', { done: false, delayMs: 10_000 })
  push('b', 3)
  expect(begun).toEqual(['a1', 'b3'])
  push('a', 1)
  await end('a1')
  expect(begun).toEqual(['a1', 'b3', 'a1', 'a2'])
  queue.stop()
})

test('an older entry that comes late frees nothing that waits for a failed one', async () => {
  const { begun, push, end, queue } = controlled()
  push('a', 5)
  push('a', 6)
  await end('a5', { done: false, delayMs: 10_000 })
  push('a', 2)
  await end('a2')
  expect(begun).toEqual(['a5', 'a2'])
  push('a', 5)
  await end('a5')
  expect(begun).toEqual(['a5', 'a2', 'a5', 'a6'])
  queue.stop()
})

test('what comes after a failed entry goes on when another process has settled that', async () => {
  const settled = new Set<string>()
  const { begun, push, end, queue } = controlled(settled)
  push('a', 1)
  push('a', 2)
  settled.add('a1')
  await end('a1', { done: false, delayMs: 0 })
  while (begun.length < 2) await Bun.sleep(10)
  expect(begun).toEqual(['a1', 'a2'])
  queue.stop()
})

test('only so many wait behind a failed entry', async () => {
  const { released, push, end, queue } = controlled()
  push('a', 1)
  await end('a1', { done: false, delayMs: 10_000 })
  for (const seq of [2, 3, 4, 5]) push('a', seq)
  expect(released).toEqual([['a5', 120_000]])
  queue.stop()
})

test('when it stops nothing overtakes what has begun or failed', async () => {
  const { begun, released, push, end, queue } = controlled()
  for (const seq of [1, 2]) push('a', seq)
  for (const seq of [3, 4]) push('b', seq)
  await end('b3', { done: false, delayMs: 10_000 })
  queue.stop()
  expect(released).toEqual([['b4', expect.any(Number)]])
  expect(released[0]?.[1]).toBeGreaterThan(10_000)
  await end('a1')
  expect(released.slice(1)).toEqual([['a2', 0]])
  expect(begun).toEqual(['a1', 'b3'])
  expect(queue.size()).toBe(0)
})
