import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createLogger } from '@accord/kit/log'
import { type TestClock, type TestRedis, testClock, testRedis } from '@accord/stack/harness'
import { Redis } from 'ioredis'
import { createThrottle, type Throttle } from './throttle.ts'

const lines: string[] = []
const log = createLogger({ service: 'identity', write: (line) => lines.push(line) })
let server: TestRedis
let redis: Redis
let away: Redis

beforeAll(async () => {
  server = await testRedis()
  redis = new Redis(server.url, { keyPrefix: server.prefix })
  // Nobody listens there.
  away = new Redis('redis://127.0.0.1:1', {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  away.on('error', () => {})
}, 30_000)
afterAll(async () => {
  redis.disconnect()
  away.disconnect()
  await server.stop()
})

const kinds = {
  'with Redis': (clock: TestClock) => createThrottle({ redis, clock, log }),
  'without Redis': (clock: TestClock) => createThrottle({ redis: away, clock, log }),
}

for (const [name, create] of Object.entries(kinds)) {
  describe(name, () => {
    const clock = testClock()
    let throttle: Throttle
    beforeAll(() => {
      throttle = create(clock)
    })

    test('six tries are free of waiting, then each wait is twice the one before, up to a minute', async () => {
      const key = crypto.randomUUID()
      for (let i = 0; i < 6; i++) expect(await throttle.attempt(key)).toBe(0)
      for (const wait of [1, 2, 4, 8, 16, 32, 60, 60]) {
        expect(await throttle.attempt(key)).toBe(wait * 1000)
        clock.advance(wait * 1000)
        expect(await throttle.attempt(key)).toBe(0)
      }
    })

    test('tries at once are counted each', async () => {
      const key = crypto.randomUUID()
      const waits = await Promise.all(Array.from({ length: 50 }, () => throttle.attempt(key)))
      expect(waits.filter((wait) => wait === 0)).toHaveLength(6)
    })

    test('a right secret clears the count, and one key does not slow another', async () => {
      const key = crypto.randomUUID()
      for (let i = 0; i < 7; i++) await throttle.attempt(key)
      expect(await throttle.attempt(crypto.randomUUID())).toBe(0)
      await throttle.clear(key)
      expect(await throttle.attempt(key)).toBe(0)
    })

    test('so many in a window, and again in the next', async () => {
      const key = crypto.randomUUID()
      const allow = () => throttle.allow(key, { most: 2, windowMs: 60_000 })
      expect([await allow(), await allow(), await allow()]).toEqual([true, true, false])
      clock.advance(60_000)
      expect(await allow()).toBe(true)
    })
  })
}

test('counting without Redis is said in the log, without the key', () => {
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.every((line) => line.includes('throttle counts locally'))).toBe(true)
})
