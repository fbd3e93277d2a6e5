import type { MemberId } from '@accord/contracts/id'
import type { LiveEvent } from '@accord/contracts/live'
import type { Redis } from 'ioredis'
import type { Databases } from './db/database.ts'
import { noteWrite } from './db/read-your-writes.ts'
import type { ServiceBase } from './service.ts'

/**
 * Pushes what a write brought about to the sockets of those whom it concerns, in this order. After the commit, best
 * effort, never throws. Whoever hears of it and asks finds it, whatever a replica has.
 */
export async function tellLive<DB>(
  deps: Pick<ServiceBase, 'publishLive'> & { db: Databases<DB>; redis: Redis },
  told: readonly (readonly [MemberId, LiveEvent])[],
): Promise<void> {
  await noteWrite(deps.db, deps.redis, ...told.map(([memberId]) => memberId))
  for (const [memberId, event] of told) deps.publishLive(memberId, event)
}
