import { type MemberId, toUuid } from '@accord/contracts/id'
import type { Clock } from '@accord/kit/clock'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db.ts'
import { type EndedMatch, endMatch } from '../match/end.ts'
import { lockMatchesOf } from '../match/store.ts'
import { lockMember } from '../pair-lock.ts'
import { storeDeletion } from './store.ts'

/**
 * Removes everything about a member who has left, on both sides of every pair, and ends the matches. Answers
 * the ended matches, for those who are still there.
 */
export async function forgetMember(
  trx: Transaction<Database>,
  member: { memberId: MemberId; version: number },
  clock: Clock,
): Promise<EndedMatch[]> {
  // One deletion at a time: two that had decided about each other would lock each other's rows crosswise.
  await sql`select pg_advisory_xact_lock(hashtextextended('forget member', 0))`.execute(trx)
  await lockMember(trx, member.memberId)
  await storeDeletion(trx, member.memberId, member.version)
  const ended: EndedMatch[] = []
  for (const match of await lockMatchesOf(trx, member.memberId)) {
    const newly = await endMatch(trx, match, { by: null, reason: 'deleted', clock })
    if (newly) ended.push(newly)
  }
  await deleteRows(trx, toUuid(member.memberId))
  return ended
}

async function deleteRows(trx: Transaction<Database>, uuid: string): Promise<void> {
  // The other sides first: they are found through the member's own.
  await sql`
    delete from match_sides other using match_sides own
    where own.member_id = ${uuid} and other.member_id = own.other_id and other.match_id = own.match_id`.execute(
    trx,
  )
  await sql`
    delete from matches using match_sides own
    where own.member_id = ${uuid} and matches.id = own.match_id`.execute(trx)
  for (const table of ['decisions', 'blocks'] as const) {
    await sql`
      delete from ${sql.table(table)} other using ${sql.table(table)} own
      where own.member_id = ${uuid} and other.member_id = own.other_id and other.other_id = ${uuid}`.execute(
      trx,
    )
  }
  for (const table of [
    'match_sides',
    'decisions',
    'blocks',
    'preferences',
    'like_counters',
    'known_entitlements',
  ] as const) {
    await trx.deleteFrom(table).where('member_id', '=', uuid).execute()
  }
}
