import type { MemberFacts } from '@accord/contracts/event/identity'
import { type MemberId, toUuid } from '@accord/contracts/id'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db.ts'
import { positionOf } from './position.ts'

/** Whether one of these members has left for good. */
export async function isDeleted(db: Kysely<Database>, memberIds: readonly MemberId[]): Promise<boolean> {
  const row = await db
    .selectFrom('candidates')
    .where('member_id', 'in', memberIds.map(toUuid))
    .where('deleted', '=', true)
    .select('member_id')
    .executeTakeFirst()
  return row !== undefined
}

/** The cell of a member whom others may see, or null. */
export async function findVisibleCell(db: Kysely<Database>, memberId: MemberId): Promise<string | null> {
  const row = await db
    .selectFrom('candidates')
    .where('member_id', '=', toUuid(memberId))
    .where('visible', '=', true)
    .select('cell')
    .executeTakeFirst()
  return row?.cell ?? null
}

/**
 * Stores the facts of a member unless newer ones are there, or the member has left. Facts of the version that
 * is there already are written again: that is how a rebuild repairs.
 */
export async function storeFacts(
  db: Kysely<Database>,
  member: { memberId: MemberId; version: number; facts: MemberFacts },
): Promise<void> {
  const { facts, version } = member
  const position = facts.cell === null ? null : positionOf(facts.cell)
  await sql`
    insert into candidates (member_id, version, role, gender, birth_month, cell, position, languages, has_photo,
      visible, applied_at)
    values (${toUuid(member.memberId)}, ${version}, ${facts.role}, ${facts.gender}, ${`${facts.birthMonth}-01`},
      ${facts.cell}, ${position}::cube, ${facts.languages}, ${facts.hasPhoto}, ${facts.visible}, clock_timestamp())
    on conflict (member_id) do update set
      version = excluded.version, role = excluded.role, gender = excluded.gender,
      birth_month = excluded.birth_month, cell = excluded.cell, position = excluded.position,
      languages = excluded.languages, has_photo = excluded.has_photo, visible = excluded.visible,
      applied_at = excluded.applied_at
    where candidates.version <= excluded.version and not candidates.deleted`.execute(db)
}

/** Leaves nothing of a member's facts but that they are gone. */
export async function storeDeletion(
  trx: Transaction<Database>,
  memberId: MemberId,
  version: number,
): Promise<void> {
  await sql`
    insert into candidates (member_id, version, deleted, applied_at)
    values (${toUuid(memberId)}, ${version}, true, clock_timestamp())
    on conflict (member_id) do update set
      version = greatest(candidates.version, excluded.version), deleted = true, visible = false, role = null,
      gender = null, birth_month = null, cell = null, position = null, languages = '{}', has_photo = false,
      applied_at = excluded.applied_at`.execute(trx)
}

/** Notes that a snapshot has told everything about a member up to this version. */
export async function storeCompleteness(
  trx: Transaction<Database>,
  memberId: MemberId,
  version: number,
): Promise<void> {
  await sql`
    update candidates set complete_to = greatest(complete_to, ${version}), applied_at = clock_timestamp()
    where member_id = ${toUuid(memberId)}`.execute(trx)
}

/** Hides everybody of whom nothing was heard since `time`; a newer event brings them back. Answers how many. */
export async function hideUntouched(db: Kysely<Database>, since: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('candidates')
    .set({ visible: false, applied_at: sql`clock_timestamp()` })
    .where('applied_at', '<', since)
    .where('deleted', '=', false)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
