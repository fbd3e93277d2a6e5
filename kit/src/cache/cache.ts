import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Logger } from '../log.ts'

interface KindRule {
  ttlSeconds: number
  /** Reading prolongs. */
  sliding?: true
}

/** How long entries of each kind live; up to a tenth is taken off at random, so that they do not expire together. */
export const cacheKinds = {
  profile: { ttlSeconds: 15 * 60 },
  deck: { ttlSeconds: 5 * 60 },
  search: { ttlSeconds: 2 * 60 },
  session: { ttlSeconds: 24 * 60 * 60, sliding: true },
  entitlements: { ttlSeconds: 60 },
} as const satisfies Record<string, KindRule>

export type CacheKind = keyof typeof cacheKinds

/** A read-through cache in Redis. It never makes a read fail: without Redis every read loads. */
export interface Cache {
  /**
   * The cached value, or what `load` gives, as JSON: dates come as text the first time already, undefined as
   * null. Many readers of one missing entry cause one load. Throws only what `load` throws.
   */
  read<T>(kind: CacheKind, key: string, load: () => Promise<T>): Promise<T>
  /** Forgets an entry; a load that is under way will not bring the old value back. Never throws. */
  drop(kind: CacheKind, key: string): Promise<void>
}

/** A process that dies while it loads lets the others go on after this. */
const lockMs = 5_000
const pollMs = 50
/** An answer of Redis that takes longer counts as none. */
const redisTimeoutMs = 250

/** Stores the value only while the lock is still ours: drop() and time take it away. */
const storeScript = `
if redis.call('get', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'EX', ARGV[3])
redis.call('del', KEYS[2])
return 1`
const releaseScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`

export function createCache(redis: Redis, options: { log: Logger }): Cache {
  const flights = new Map<string, Promise<unknown>>()
  const guarded = guard(redis, options.log)

  async function get<T>(rule: KindRule, name: string): Promise<{ value: T } | null> {
    const text = await guarded(() =>
      rule.sliding ? redis.getex(name, 'EX', rule.ttlSeconds) : redis.get(name),
    )
    return text === null ? null : { value: JSON.parse(text) as T }
  }

  async function loadOrWait<T>(rule: KindRule, name: string, load: () => Promise<T>): Promise<T> {
    const cached = await get<T>(rule, name)
    if (cached) return cached.value
    const token = randomUUID()
    const lockName = `${name}:lock`
    const locked = await guarded(() => redis.set(lockName, token, 'PX', lockMs, 'NX'))
    if (locked === null) {
      const arrived = await waitFor<T>(rule, name, lockName)
      return arrived ? arrived.value : JSON.parse(toJson(await load()))
    }
    try {
      // Another process may have stored it between our look and our lock.
      const stored = await get<T>(rule, name)
      if (stored) {
        await guarded(() => redis.eval(releaseScript, 1, lockName, token))
        return stored.value
      }
      const text = toJson(await load())
      const ttl = Math.ceil(rule.ttlSeconds * (0.9 + Math.random() * 0.1))
      await guarded(() => redis.eval(storeScript, 2, name, lockName, token, text, ttl))
      return JSON.parse(text)
    } catch (error) {
      await guarded(() => redis.eval(releaseScript, 1, lockName, token))
      throw error
    }
  }

  /** The value that another process is loading, or null once its lock is gone without one. */
  async function waitFor<T>(rule: KindRule, name: string, lockName: string): Promise<{ value: T } | null> {
    const deadline = Date.now() + lockMs
    while (Date.now() < deadline) {
      // In this order: a value is stored before its lock goes.
      const lock = await guarded(() => redis.exists(lockName))
      const cached = await get<T>(rule, name)
      if (cached || lock !== 1) return cached
      await Bun.sleep(pollMs)
    }
    return null
  }

  return {
    async read<T>(kind: CacheKind, key: string, load: () => Promise<T>): Promise<T> {
      const name = nameOf(kind, key)
      const flying = flights.get(name)
      if (flying) return flying as Promise<T>
      const flight = loadOrWait(cacheKinds[kind], name, load)
      flights.set(name, flight)
      try {
        return await flight
      } finally {
        if (flights.get(name) === flight) flights.delete(name)
      }
    },
    async drop(kind, key) {
      const name = nameOf(kind, key)
      flights.delete(name)
      await guarded(() => redis.del(name, `${name}:lock`))
    },
  }
}

function toJson(value: unknown): string {
  return JSON.stringify(value ?? null)
}

function nameOf(kind: CacheKind, key: string): string {
  // The braces keep an entry and its lock on one node of a Redis Cluster.
  return `cache:{${kind}:${key}}`
}

/** Runs a Redis command; null when it fails, is too slow, or there is no connection. */
function guard(redis: Redis, log: Logger) {
  let complained = 0
  return async function guarded<T>(command: () => Promise<T>): Promise<T | null> {
    if (redis.status !== 'ready' && redis.status !== 'wait') return null
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('timed out')), redisTimeoutMs)
    })
    try {
      return await Promise.race([command(), late])
    } catch (error) {
      if (Date.now() - complained > 10_000) {
        complained = Date.now()
        log.warn('cache is not available', { error: error instanceof Error ? error.message : String(error) })
      }
      return null
    } finally {
      clearTimeout(timer)
    }
  }
}
