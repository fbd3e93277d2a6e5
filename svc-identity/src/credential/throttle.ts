import type { Clock } from '@accord/kit/clock'
import type { Logger } from '@accord/kit/log'
import type { Redis } from 'ioredis'
import { createLocalThrottle } from './local-throttle.ts'

/** How guessing is slowed down. Times in milliseconds. */
export const pace = {
  /** Tries before the first wait. */
  free: 5,
  firstWaitMs: 1_000,
  /** Waits double up to here: an owner under attack is delayed, never locked out. */
  longestWaitMs: 60_000,
  forgottenAfterMs: 60 * 60_000,
} as const

/**
 * Slows down guessing at one secret. A try is counted before it is made, so that a thousand at once are a
 * thousand tries.
 */
export interface Throttle {
  /** Counts a try. 0: go on; else how many milliseconds to wait, and the try was not counted. */
  attempt(key: string): Promise<number>
  /** The secret was right. */
  clear(key: string): Promise<void>
  /** Whether one more of something (a mail) fits into the window; counts it if so. */
  allow(key: string, limit: { most: number; windowMs: number }): Promise<boolean>
}

/** A throttle that all instances share through Redis; without Redis each instance counts for itself. */
export function createThrottle(options: { redis: Redis; clock: Clock; log: Logger }): Throttle {
  const { redis, clock, log } = options
  const local = createLocalThrottle(clock)

  async function shared<T>(ask: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> {
    try {
      return await soon(ask())
    } catch (error) {
      log.warn('throttle counts locally', { error: error instanceof Error ? error.message : String(error) })
      return otherwise()
    }
  }

  return {
    attempt: (key) =>
      shared(
        async () => {
          const { free, firstWaitMs, longestWaitMs, forgottenAfterMs } = pace
          const now = clock().getTime()
          const args = [free, firstWaitMs, longestWaitMs, forgottenAfterMs, now]
          return Number(await redis.eval(attemptScript, 1, `throttle:${key}`, ...args))
        },
        () => local.attempt(key),
      ),
    clear: (key) =>
      shared(
        async () => {
          await redis.del(`throttle:${key}`)
        },
        () => local.clear(key),
      ),
    allow: (key, { most, windowMs }) =>
      shared(
        async () => {
          const window = Math.floor(clock().getTime() / windowMs)
          const counted = await redis.eval(countScript, 1, `allow:${key}:${window}`, windowMs)
          return Number(counted) <= most
        },
        () => local.allow(key, { most, windowMs }),
      ),
  }
}

/** Redis that takes longer counts as away: a sign-in does not wait for it. */
const redisTimeoutMs = 300

async function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: Timer | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('redis did not answer in time')), redisTimeoutMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Looked at and counted in one step: two tries at once cannot both see a free place. */
const attemptScript = `
local now = tonumber(ARGV[5])
local till = tonumber(redis.call('HGET', KEYS[1], 'till') or '0')
if till > now then return till - now end
local over = redis.call('HINCRBY', KEYS[1], 'tries', 1) - tonumber(ARGV[1])
if over > 0 then
  local wait = math.min(tonumber(ARGV[2]) * 2 ^ math.min(over - 1, 30), tonumber(ARGV[3]))
  redis.call('HSET', KEYS[1], 'till', string.format('%.0f', now + wait))
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 0`

const countScript = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return count`
