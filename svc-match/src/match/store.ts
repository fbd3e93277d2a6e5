import { fromUuid, type MatchId, type MemberId, toUuid } from '@accord/contracts/id'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db.ts'

/** A match as it is stored; `memberIds` with the smaller id first. */
export interface StoredMatch {
  id: MatchId
  memberIds: [MemberId, MemberId]
  createdAt: Date
  active: boolean
}

export async function findMatch(db: Kysely<Database>, matchId: MatchId): Promise<StoredMatch | null> {
  const row = await selectMatches(db).where('id', '=', toUuid(matchId)).executeTakeFirst()
  return row ? parseMatch(row) : null
}

/** The match, locked: whoever else wants to end it waits and then finds that it is over. */
export async function lockMatch(trx: Transaction<Database>, matchId: MatchId): Promise<StoredMatch | null> {
  const row = await selectMatches(trx).where('id', '=', toUuid(matchId)).forUpdate().executeTakeFirst()
  return row ? parseMatch(row) : null
}

/** The match of two members, locked; a pair has at most one, ever. */
export async function lockMatchOf(
  trx: Transaction<Database>,
  memberId: MemberId,
  otherId: MemberId,
): Promise<StoredMatch | null> {
  const row = await selectMatches(trx)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('match_sides')
        .where('member_id', '=', toUuid(memberId))
        .where('other_id', '=', toUuid(otherId))
        .select('match_id'),
    )
    .forUpdate()
    .executeTakeFirst()
  return row ? parseMatch(row) : null
}

/** All matches of a member, locked in the order of their ids so that two who do this cannot deadlock. */
export async function lockMatchesOf(trx: Transaction<Database>, memberId: MemberId): Promise<StoredMatch[]> {
  const rows = await selectMatches(trx)
    .where('id', 'in', (eb) =>
      eb.selectFrom('match_sides').where('member_id', '=', toUuid(memberId)).select('match_id'),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(parseMatch)
}

/** One member's side of an active match. */
export interface MatchSide {
  id: MatchId
  otherId: MemberId
  createdAt: Date
}

/** Active matches of a member, the newest first: ids of matches sort by time. */
export async function listSides(
  db: Kysely<Database>,
  memberId: MemberId,
  page: { before: MatchId | null; limit: number; otherId: MemberId | null },
): Promise<MatchSide[]> {
  let query = db
    .selectFrom('match_sides')
    .where('member_id', '=', toUuid(memberId))
    .where('ended_at', 'is', null)
  if (page.otherId) query = query.where('other_id', '=', toUuid(page.otherId))
  if (page.before) query = query.where('match_id', '<', toUuid(page.before))
  const rows = await query
    .select(['match_id', 'other_id', 'created_at'])
    .orderBy('match_id', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map((row) => ({
    id: fromUuid('mat', row.match_id),
    otherId: fromUuid('mem', row.other_id),
    createdAt: row.created_at,
  }))
}

export async function insertMatch(
  trx: Transaction<Database>,
  match: { id: MatchId; memberIds: [MemberId, MemberId]; createdAt: Date },
): Promise<void> {
  const id = toUuid(match.id)
  const [a, b] = [toUuid(match.memberIds[0]), toUuid(match.memberIds[1])]
  const created_at = match.createdAt
  await trx.insertInto('matches').values({ id, member_a: a, member_b: b, created_at }).execute()
  await trx
    .insertInto('match_sides')
    .values([
      { member_id: a, match_id: id, other_id: b, created_at },
      { member_id: b, match_id: id, other_id: a, created_at },
    ])
    .execute()
}

function selectMatches(db: Kysely<Database>) {
  return db.selectFrom('matches').select(['id', 'member_a', 'member_b', 'created_at', 'ended_at'])
}

function parseMatch(row: {
  id: string
  member_a: string
  member_b: string
  created_at: Date
  ended_at: Date | null
}): StoredMatch {
  return {
    id: fromUuid('mat', row.id),
    memberIds: [fromUuid('mem', row.member_a), fromUuid('mem', row.member_b)],
    createdAt: row.created_at,
    active: row.ended_at === null,
  }
}
