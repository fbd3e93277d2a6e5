import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { systemClock } from '@accord/kit/clock'
import { createLogger } from '@accord/kit/log'
import { type TestRedis, testRedis } from '@accord/stack/harness'
import type { Redis } from 'ioredis'
import { connectRedis } from '../redis.ts'
import { createRateLimiter, type RateLimiter } from './rate-limit.ts'

const log = createLogger({ service: 'gateway', level: 'silent' })
/** The first test to come starts the shared servers. */
const serversStartMs = 60_000
let shared: TestRedis
let redis: Redis
const limiters: RateLimiter[] = []

beforeAll(async () => {
  shared = await testRedis()
  redis = connectRedis({ url: shared.url, prefix: shared.prefix, log })
  await new Promise<void>((resolve) => redis.once('ready', resolve))
}, serversStartMs)
afterEach(() => Promise.all(limiters.splice(0).map((limiter) => limiter.stop())))
afterAll(async () => {
  redis.disconnect()
  await shared.stop()
})

const start = (client = redis, scale = 1) => {
  const limiter = createRateLimiter({ redis: client, clock: systemClock, log, scale })
  limiters.push(limiter)
  return limiter
}

describe('rate limits', () => {
  test('of guessable secrets are counted to the request, over all gateways', async () => {
    const [one, other] = [start(), start()]
    const verdicts = await Promise.all(
      Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? one : other).take('credentials', 'a')),
    )
    expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(30)
    const refused = await one.take('credentials', 'a')
    expect(refused.allowed).toBe(false)
    expect(refused.headers.ratelimit).toMatch(/^"credentials";r=0;t=\d+$/)
    expect(refused.resetSeconds).toBeWithin(1, 61)
  })

  test('count each key by itself', async () => {
    const limiter = start()
    for (let n = 0; n < 31; n += 1) await limiter.take('credentials', 'b')
    expect((await limiter.take('credentials', 'b')).allowed).toBe(false)
    expect((await limiter.take('credentials', 'c')).allowed).toBe(true)
  })

  test('of common requests hold within a gateway at once, and reach the others by report', async () => {
    const one = start()
    const verdicts = await Promise.all(Array.from({ length: 301 }, () => one.take('default', 'd')))
    expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(300)
    await one.stop()

    const other = start()
    expect((await other.take('default', 'd')).allowed).toBe(true)
    await other.stop()
    expect((await other.take('default', 'd')).allowed).toBe(false)
  })

  test('count each request once, however long Redis takes to hear of it', async () => {
    const one = start()
    await one.take('default', 'g')
    const first = one.stop()
    await one.take('default', 'g')
    const second = one.stop()
    await Promise.all([first, second])

    const other = start()
    await other.take('default', 'g')
    await other.stop()
    expect((await other.take('default', 'g')).headers.ratelimit).toStartWith('"default";r=296;')
  })

  test('grow with the scale', async () => {
    const limiter = start(redis, 2)
    expect((await limiter.take('default', 'e')).headers['ratelimit-policy']).toBe('"default";q=600;w=60')
  })

  test('are counted by each gateway alone while Redis is away', async () => {
    const away = connectRedis({ url: 'redis://127.0.0.1:1', prefix: '', log })
    const limiter = start(away)
    const verdicts = await Promise.all(Array.from({ length: 31 }, () => limiter.take('credentials', 'f')))
    expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(30)
    away.disconnect()
  })
})
