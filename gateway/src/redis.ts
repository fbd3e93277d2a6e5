import type { Logger } from '@accord/kit/log'
import { Redis } from 'ioredis'

const commandTimeoutMs = 1000

/** A client that fails soon rather than waiting: everything the gateway keeps in Redis has a way to do without. */
export function connectRedis(o: { url: string; prefix: string; log: Logger }): Redis {
  const redis = new Redis(o.url, {
    keyPrefix: o.prefix,
    connectionName: 'gateway',
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: commandTimeoutMs,
    retryStrategy: (attempt) => Math.min(2000, 50 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2),
  })
  redis.on('error', (error: Error) => o.log.warn('redis is away', { error: error.message }))
  return redis
}
