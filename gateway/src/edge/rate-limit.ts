import { type RateClass, rateLimits } from '@accord/contracts/operation'
import type { Clock } from '@accord/kit/clock'
import { AppError } from '@accord/kit/error'
import type { Logger } from '@accord/kit/log'
import type { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import { withHeaders } from './answer.ts'
import { rateLimited } from './metrics.ts'

const reportEveryMs = 100
const rememberKeys = 50_000

/** The gateway's own classes beside those of operations: a deck alone shows dozens of pictures. */
export const limitClasses = {
  ...rateLimits,
  media: { requests: 3000, windowSeconds: 60 },
} as const
export type LimitClass = RateClass | 'media'

/** Guessing is counted to the request; of everything else, gateways tell each other ten times a second. */
const exact: ReadonlySet<LimitClass> = new Set(['credentials', 'heavy'])

export interface Verdict {
  allowed: boolean
  /** Seconds until the window ends. */
  resetSeconds: number
  headers: Record<string, string>
}

export interface RateLimiter {
  /** Counts one request of `key` (a member, or an address). */
  take(limitClass: LimitClass, key: string): Promise<Verdict> | Verdict
  stop(): Promise<void>
}

interface Usage {
  /** What all gateways together have counted, as far as we were told. */
  known: number
  /** What we have not told yet. */
  untold: number
  /** What is being told just now: it is in neither of the others. */
  telling: number
  /** Milliseconds since the epoch. */
  resetsAt: number
}

interface Bucket {
  name: LimitClass
  requests: number
  windowMs: number
  policyHeader: string
  shared: RateLimiterRedis
  usage: LRUCache<string, Usage>
  untold: Set<string>
}

/**
 * Counts requests in fixed windows shared by all gateways through Redis. A classes' costs decide how: exact
 * ones ask Redis each time; the others decide from memory and report together, so that a limit of 300 may be
 * passed by what comes in within a tenth of a second, and the common request waits for nobody.
 * Without Redis each gateway counts for itself.
 */
export function createRateLimiter(o: {
  redis: Redis
  clock: Clock
  log: Logger
  scale: number
}): RateLimiter {
  const buckets = Object.fromEntries(
    (Object.keys(limitClasses) as LimitClass[]).map((name) => [name, createBucket(o.redis, name, o.scale)]),
  ) as Record<LimitClass, Bucket>

  const report = async () => {
    await Promise.all(Object.values(buckets).map((bucket) => reportUsage(bucket, o.clock)))
  }
  const timer = setInterval(() => {
    report().catch((error) => o.log.warn('rate limits could not be shared', { error: String(error) }))
  }, reportEveryMs)

  return {
    take: (name, key) => {
      const bucket = buckets[name]
      return exact.has(name) ? takeExactly(bucket, key) : takeFromMemory(bucket, key, o.clock().getTime())
    },
    stop: async () => {
      clearInterval(timer)
      await report().catch(() => undefined)
    },
  }
}

/** What is thrown for a verdict of no, with the headers that say when to come back. */
export function limitReached(verdict: Verdict): AppError {
  const error = new AppError('too_many_requests', { retryAfterSeconds: verdict.resetSeconds })
  return withHeaders(error, verdict.headers)
}

function createBucket(redis: Redis, name: LimitClass, scale: number): Bucket {
  const { requests, windowSeconds } = limitClasses[name]
  const points = Math.max(1, Math.round(requests * scale))
  const options = { keyPrefix: `limit:${name}`, points, duration: windowSeconds }
  return {
    name,
    requests: points,
    windowMs: windowSeconds * 1000,
    policyHeader: `"${name}";q=${points};w=${windowSeconds}`,
    shared: new RateLimiterRedis({
      ...options,
      storeClient: redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(options),
    }),
    usage: new LRUCache({ max: rememberKeys }),
    untold: new Set(),
  }
}

async function takeExactly(bucket: Bucket, key: string): Promise<Verdict> {
  const result = await bucket.shared.penalty(key, 1)
  return verdict(bucket, result.consumedPoints, result.msBeforeNext)
}

function takeFromMemory(bucket: Bucket, key: string, now: number): Verdict {
  let usage = bucket.usage.get(key)
  if (usage === undefined || usage.resetsAt <= now) {
    usage = { known: 0, untold: 0, telling: 0, resetsAt: now + bucket.windowMs }
    bucket.usage.set(key, usage)
  }
  usage.untold += 1
  bucket.untold.add(key)
  return verdict(bucket, usage.known + usage.telling + usage.untold, usage.resetsAt - now)
}

async function reportUsage(bucket: Bucket, clock: Clock): Promise<void> {
  const keys = [...bucket.untold]
  bucket.untold.clear()
  await Promise.all(
    keys.map(async (key) => {
      const usage = bucket.usage.get(key)
      if (usage === undefined || usage.untold === 0) return
      const told = usage.untold
      usage.untold = 0
      usage.telling += told
      const result: RateLimiterRes = await bucket.shared.penalty(key, told)
      usage.telling -= told
      usage.known = result.consumedPoints
      usage.resetsAt = clock().getTime() + result.msBeforeNext
    }),
  )
}

function verdict(bucket: Bucket, used: number, msLeft: number): Verdict {
  const allowed = used <= bucket.requests
  if (!allowed) rateLimited.inc({ class: bucket.name })
  const resetSeconds = Math.max(1, Math.ceil(msLeft / 1000))
  const remaining = Math.max(0, bucket.requests - used)
  return {
    allowed,
    resetSeconds,
    // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    headers: {
      'ratelimit-policy': bucket.policyHeader,
      ratelimit: `"${bucket.name}";r=${remaining};t=${resetSeconds}`,
    },
  }
}
