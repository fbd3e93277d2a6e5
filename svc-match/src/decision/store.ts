import { fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Decision } from './tables.ts'

/** Stores a decision on both sides. The pair must be locked. */
export async function storeDecision(
  trx: Transaction<Database>,
  decision: { memberId: MemberId; otherId: MemberId; decision: Decision; now: Date },
): Promise<void> {
  const [member, other] = [toUuid(decision.memberId), toUuid(decision.otherId)]
  const { decision: what, now } = decision
  await sql`
    insert into decisions (member_id, other_id, made, made_at, received, received_at)
    values (${member}, ${other}, ${what}, ${now}, null, null), (${other}, ${member}, null, null, ${what}, ${now})
    on conflict (member_id, other_id) do update set
      made = coalesce(excluded.made, decisions.made),
      made_at = coalesce(excluded.made_at, decisions.made_at),
      received = coalesce(excluded.received, decisions.received),
      received_at = coalesce(excluded.received_at, decisions.received_at)`.execute(trx)
}

export interface Pass {
  otherId: MemberId
  at: Date
}

export async function findLastPass(db: Kysely<Database>, memberId: MemberId): Promise<Pass | null> {
  const row = await db
    .selectFrom('decisions')
    .where('member_id', '=', toUuid(memberId))
    .where('made', '=', 'pass')
    .select(['other_id', 'made_at'])
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.made_at ? { otherId: fromUuid('mem', row.other_id), at: row.made_at } : null
}

/**
 * Removes a pass from both sides and leaves what the other decided; false when it is not there any more. The
 * pair must be locked.
 */
export async function removePass(
  trx: Transaction<Database>,
  memberId: MemberId,
  pass: Pass,
): Promise<boolean> {
  const [member, other] = [toUuid(memberId), toUuid(pass.otherId)]
  const own = await takeRow(trx, member, other)
    .where('made', '=', 'pass')
    .where('made_at', '=', pass.at)
    .execute()
  if (own.length === 0) return false
  const mirror = await takeRow(trx, other, member).execute()
  const kept = [
    ...own.map((row) => ({ ...row, made: null, made_at: null })),
    ...mirror.map((row) => ({ ...row, received: null, received_at: null })),
  ].filter((row) => row.made !== null || row.received !== null)
  if (kept.length > 0) await trx.insertInto('decisions').values(kept).execute()
  return true
}

function takeRow(trx: Transaction<Database>, member: string, other: string) {
  return trx
    .deleteFrom('decisions')
    .where('member_id', '=', member)
    .where('other_id', '=', other)
    .returningAll()
}

export async function countLikes(db: Kysely<Database>, memberId: MemberId, day: string): Promise<number> {
  const row = await db
    .selectFrom('like_counters')
    .where('member_id', '=', toUuid(memberId))
    .where('day', '=', day)
    .select('used')
    .executeTakeFirst()
  return row?.used ?? 0
}

/**
 * Counts one more like of the day and answers how many that makes; null, and nothing counted, when the limit is
 * reached. Locks the member's counter until the transaction ends, so that no two spend the same like.
 */
export async function spendLike(
  trx: Transaction<Database>,
  memberId: MemberId,
  day: string,
  limit: number | null,
): Promise<number | null> {
  if (limit !== null && limit <= 0) return null
  // A process whose clock is a moment behind at midnight counts on the new day, which has begun for others.
  const { rows } = await sql<{ used: number }>`
    insert into like_counters as counter (member_id, day, used)
    values (${toUuid(memberId)}, ${day}::date, 1)
    on conflict (member_id) do update set
      used = case when excluded.day > counter.day then 1 else counter.used + 1 end,
      day = greatest(counter.day, excluded.day)
    where excluded.day > counter.day or counter.used < coalesce(${limit}::integer, 2147483647)
    returning used`.execute(trx)
  return rows[0]?.used ?? null
}
