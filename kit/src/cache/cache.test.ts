import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type TestRedis, testRedis } from '@accord/stack/harness'
import { Redis } from 'ioredis'
import { silent } from '../fixture/database.sample.ts'
import { createCache } from './cache.ts'

let server: TestRedis
let redis: Redis
let other: Redis
beforeAll(async () => {
  server = await testRedis()
  redis = new Redis(server.url, { keyPrefix: server.prefix })
  other = new Redis(server.url, { keyPrefix: server.prefix })
  await Promise.all([redis.ping(), other.ping()])
})
afterAll(async () => {
  redis.disconnect()
  other.disconnect()
  await server.stop()
})

let keys = 0
const fresh = () => `k${++keys}`
/** A load that counts and can be held open. */
function loader<T>(value: T) {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const state = {
    count: 0,
    open,
    begun,
    load: async () => {
      state.count++
      begin()
      await opened
      return value
    },
  }
  return state
}

test('a value is loaded once and then comes from the cache, in every process', async () => {
  const key = fresh()
  const source = loader({ name: 'Anna' })
  source.open()
  for (const cache of [createCache(redis, { log: silent }), createCache(other, { log: silent })]) {
    expect(await cache.read('profile', key, source.load)).toEqual({ name: 'Anna' })
  }
  expect(source.count).toBe(1)
})

test('many readers of a missing entry cause one load, over several processes', async () => {
  const key = fresh()
  const source = loader('v')
  const caches = [createCache(redis, { log: silent }), createCache(other, { log: silent })]
  const reads = Array.from({ length: 40 }, (_, at) => caches[at % 2]?.read('deck', key, source.load))
  await source.begun
  source.open()
  expect(new Set(await Promise.all(reads))).toEqual(new Set(['v']))
  expect(source.count).toBe(1)
})

test('entries expire by the table, not all at the same moment', async () => {
  const cache = createCache(redis, { log: silent })
  const names = Array.from({ length: 20 }, fresh)
  for (const name of names) await cache.read('search', name, async () => 1)
  const ttls = await Promise.all(names.map((name) => redis.ttl(`cache:{search:${name}}`)))
  expect(Math.max(...ttls)).toBeLessThanOrEqual(120)
  expect(Math.min(...ttls)).toBeGreaterThanOrEqual(107)
  expect(new Set(ttls).size).toBeGreaterThan(1)
})

test('reading a session prolongs it', async () => {
  const cache = createCache(redis, { log: silent })
  const key = fresh()
  await cache.read('session', key, async () => 1)
  await redis.expire(`cache:{session:${key}}`, 10)
  await cache.read('session', key, async () => 2)
  expect(await redis.ttl(`cache:{session:${key}}`)).toBeGreaterThan(3600)
})

test('a load that began before a drop does not bring the old value back', async () => {
  const cache = createCache(redis, { log: silent })
  const key = fresh()
  const old = loader('old')
  const reading = cache.read('profile', key, old.load)
  await old.begun
  await createCache(other, { log: silent }).drop('profile', key)
  await cache.drop('profile', key)
  old.open()
  expect(await reading).toBe('old')
  expect(await cache.read('profile', key, async () => 'new')).toBe('new')
  expect(await cache.read('profile', key, async () => 'newer')).toBe('new')
})

test('a load that fails is not remembered', async () => {
  const cache = createCache(redis, { log: silent })
  const key = fresh()
  await expect(cache.read('profile', key, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await cache.read('profile', key, async () => 'yes')).toBe('yes')
})

test('a value looks the same when it was loaded and when it was cached', async () => {
  const cache = createCache(redis, { log: silent })
  const key = fresh()
  const load = async () => ({ at: new Date('2026-03-01T12:00:00Z'), none: undefined })
  const first = await cache.read<object>('profile', key, load)
  expect(first).toStrictEqual({ at: '2026-03-01T12:00:00.000Z' })
  expect(await cache.read<object>('profile', key, load)).toStrictEqual(first)
})

test('null is a value', async () => {
  const cache = createCache(redis, { log: silent })
  const key = fresh()
  expect(await cache.read('profile', key, async () => null)).toBe(null)
  expect(await cache.read<string | null>('profile', key, async () => 'later')).toBe(null)
})

test('without Redis every read loads and nothing fails', async () => {
  const away = new Redis('redis://127.0.0.1:1', { retryStrategy: () => 60_000 })
  away.on('error', () => {})
  const cache = createCache(away, { log: silent })
  expect(await cache.read('profile', 'k', async () => 1)).toBe(1)
  expect(await cache.read('profile', 'k', async () => 2)).toBe(2)
  await cache.drop('profile', 'k')
  away.disconnect()
})
