/** Rebuilds the projection of members from identity's snapshot: `just rebuild match`. Safe to repeat. */
import { liveSubject } from '@accord/contracts/live'
import { createCaller } from '@accord/kit/call'
import { systemClock } from '@accord/kit/clock'
import { openDatabases } from '@accord/kit/db/database'
import { assertSchema } from '@accord/kit/db/migrate'
import { createLogger } from '@accord/kit/log'
import { connectNats } from '@accord/kit/nats'
import { connectRedis } from '@accord/kit/redis'
import { rebuildCandidates } from './candidate/rebuild.ts'
import { readMatchConfig } from './config.ts'
import type { Database } from './db.ts'

const config = readMatchConfig()
const log = createLogger({ service: 'match', level: config.LOG_LEVEL })
const name = 'match-rebuild'
const db = openDatabases<Database>({
  url: config.DATABASE_URL,
  replicaUrl: config.DATABASE_REPLICA_URL,
  name: `accord-${name}`,
  log,
})
const nats = await connectNats({ url: config.NATS_URL, user: 'match', seed: config.NATS_SEED, log })
const redis = await connectRedis({ url: config.REDIS_URL, prefix: config.REDIS_PREFIX, name, log })
try {
  await assertSchema(db.primary, import.meta.resolve('../migrations'))
  const rebuilt = await rebuildCandidates(
    {
      db,
      redis,
      call: createCaller(nats, { log }),
      clock: systemClock,
      publishLive: (memberId, event) => nats.publish(liveSubject(memberId), JSON.stringify(event)),
    },
    (members) => log.info('rebuilding', { members }),
  )
  log.info('rebuilt', { ...rebuilt })
} catch (error) {
  log.error('could not rebuild', { error })
  process.exitCode = 1
} finally {
  await nats.drain()
  redis.disconnect()
  await db.close()
}
