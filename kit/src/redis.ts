import { Redis } from 'ioredis'
import type { Logger } from './log.ts'
import { patiently } from './patience.ts'

const firstConnectionMs = 30_000

/**
 * A connection to Redis with a prefix before every key. It waits up to 30 s for the first connection and then
 * reconnects for ever; while Redis is away a command fails within a second, since what is kept there can be
 * done without or made again. Throws one readable line when it cannot be reached.
 */
export async function connectRedis(o: {
  url: string
  prefix: string
  name: string
  log: Logger
}): Promise<Redis> {
  const log = o.log.child({ component: 'redis' })
  const redis = new Redis(o.url, {
    keyPrefix: o.prefix,
    connectionName: `accord-${o.name}`,
    lazyConnect: true,
    enableAutoPipelining: true,
    maxRetriesPerRequest: 1,
    commandTimeout: 1_000,
    connectTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 2_000) * (0.5 + Math.random()),
  })
  let isAway = false
  redis.on('error', (error: Error) => {
    if (!isAway) log.warn('Redis is away', { error })
    isAway = true
  })
  redis.on('ready', () => {
    if (isAway) log.info('Redis is back')
    isAway = false
  })
  try {
    redis.connect().catch(() => {}) // The next line says how it went.
    await patiently(() => redis.ping(), {
      what: 'Redis',
      forMs: firstConnectionMs,
      isFinal: (error) => error instanceof Error && /NOAUTH|WRONGPASS|NOPERM/.test(error.message),
      log,
    })
    return redis
  } catch (error) {
    redis.disconnect()
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`Redis does not answer: check REDIS_URL. (${reason})`)
  }
}
