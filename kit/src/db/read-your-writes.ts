import type { MemberId } from '@accord/contracts/id'
import type { Redis } from 'ioredis'
import { type Kysely, sql } from 'kysely'
import type { Databases } from './database.ts'

const rememberedSeconds = 30

/** Two writes of a member may be noted in another order than they were made: the older must not win. */
const keepNewest = `
local function parts(lsn)
  local high, low = string.match(lsn, '^(%x+)/(%x+)$')
  return tonumber(high, 16), tonumber(low, 16)
end
local known = redis.call('get', KEYS[1])
if known then
  local high, low = parts(ARGV[1])
  local knownHigh, knownLow = parts(known)
  if knownHigh > high or (knownHigh == high and knownLow > low) then return 0 end
end
redis.call('set', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1`

/**
 * Remembers for 30 s how far the primary's log has come, for members who must find what was just written: who
 * wrote it, and who is told of it by a live event (`tellLive` does both in their order). Call it after the commit.
 * Does nothing while both handles are one pool; never throws: without it reads may lag, no more.
 */
export async function noteWrite<DB>(
  databases: Databases<DB>,
  redis: Redis,
  ...memberIds: MemberId[]
): Promise<void> {
  if (databases.primary === databases.replica || memberIds.length === 0) return
  try {
    const { rows } = await sql<{ lsn: string }>`select pg_current_wal_lsn()::text as lsn`.execute(
      databases.primary,
    )
    const lsn = rows[0]?.lsn
    if (!lsn) return
    await Promise.all(
      [...new Set(memberIds)].map((memberId) =>
        redis.eval(keepNewest, 1, `lsn:${memberId}`, lsn, rememberedSeconds),
      ),
    )
  } catch {
    // They read from the replica and may miss the write for a moment.
  }
}

/**
 * The handle this member may read from: the replica once it has replayed the last write noted for the
 * member, else the primary. When Redis or the replica cannot be asked, the primary.
 */
export async function replicaFor<DB>(
  databases: Databases<DB>,
  redis: Redis,
  memberId: MemberId,
): Promise<Kysely<DB>> {
  if (databases.primary === databases.replica) return databases.primary
  try {
    const lsn = await redis.get(`lsn:${memberId}`)
    if (lsn === null) return databases.replica
    const { rows } = await sql<{ reached: boolean | null }>`
      select pg_last_wal_replay_lsn() >= ${lsn}::pg_lsn as reached`.execute(databases.replica)
    return rows[0]?.reached === true ? databases.replica : databases.primary
  } catch {
    return databases.primary
  }
}
