import type { MemberId } from '@accord/contracts/id'
import { liveLimits } from '@accord/contracts/live'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'

/** Counts a member's messages over all sockets. Answers null, or in how many seconds there is room again. */
export type MessageLimit = (memberId: MemberId) => Promise<number | null>

/** Without Redis each gateway counts for itself. */
export function createMessageLimit(redis: Redis, scale: number): MessageLimit {
  const points = Math.max(1, Math.round(liveLimits.messagesPerMinute * scale))
  const options = { keyPrefix: 'limit:messages', points, duration: 60 }
  const limiter = new RateLimiterRedis({
    ...options,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(options),
  })
  return async (memberId) => {
    const used = await limiter.penalty(memberId, 1)
    return used.consumedPoints <= points ? null : Math.max(1, Math.ceil(used.msBeforeNext / 1000))
  }
}
