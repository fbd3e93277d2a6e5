import { fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db.ts'

/**
 * Removes everything that is kept about a member who left, in the inboxes of others too, and sees to it that nothing
 * is added any more. Answers whose inboxes have changed.
 */
export async function forgetMember(
  trx: Transaction<Database>,
  memberId: MemberId,
  at: Date,
): Promise<MemberId[]> {
  const uuid = toUuid(memberId)
  await sql`select pg_advisory_xact_lock(${lockOf(memberId)})`.execute(trx)
  await trx
    .insertInto('departed_members')
    .values({ member_id: uuid, departed_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  for (const table of ['notifications', 'preferences', 'mails', 'conversation_reads'] as const) {
    await trx.deleteFrom(table).where('member_id', '=', uuid).execute()
  }
  const others = await trx
    .deleteFrom('notifications')
    .where(sql`about->>'memberId'`, '=', memberId)
    .returning('member_id')
    .execute()
  return [...new Set(others.map((row) => fromUuid('mem', row.member_id)))]
}

/**
 * Whether one of these members has left. Keeps them from being forgotten until the transaction ends: what it writes
 * is there to be removed afterwards.
 */
export async function hasLeft(trx: Transaction<Database>, memberIds: readonly MemberId[]): Promise<boolean> {
  await keepMembers(trx, memberIds)
  const row = await trx
    .selectFrom('departed_members')
    .select('member_id')
    .where('member_id', 'in', memberIds.map(toUuid))
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps these members from being forgotten until the transaction ends. */
export async function keepMembers(trx: Transaction<Database>, memberIds: readonly MemberId[]): Promise<void> {
  // In one order everywhere, or two of these could wait for each other.
  for (const memberId of memberIds.toSorted()) {
    await sql`select pg_advisory_xact_lock_shared(${lockOf(memberId)})`.execute(trx)
  }
}

function lockOf(memberId: MemberId) {
  return sql`hashtextextended(${`member:${memberId}`}, 0)`
}
