import { randomBytes } from 'node:crypto'
import { removeKeys } from '../keeper/claims.ts'
import { askKeeper } from '../keeper/client.ts'

export interface TestRedis {
  url: string
  /** What a service gets as REDIS_PREFIX. */
  prefix: string
  stop(): Promise<void>
}

/** The shared Redis of a test run, with a key prefix of its own. */
export async function testRedis(): Promise<TestRedis> {
  const url = await askKeeper({ ask: 'redis' })
  const prefix = `test-${randomBytes(6).toString('hex')}:`
  await askKeeper({ ask: 'own-prefix', prefix })
  return { url, prefix, stop: () => removeKeys(url, prefix) }
}
