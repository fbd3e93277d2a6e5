import { fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db.ts'
import { unblocked } from '../deck/gates.ts'

/** A like that was not answered yet. */
export interface ReceivedLike {
  likerId: MemberId
  likedAt: Date
}

/** More are not counted. */
export const countLimit = 1000

/** Likes by members who are still there and not blocked, which this member has not answered, latest first. */
export async function listReceivedLikes(
  db: Kysely<Database>,
  memberId: MemberId,
  page: { before: ReceivedLike | null; limit: number },
): Promise<ReceivedLike[]> {
  let query = openLikes(db, memberId)
  const { before } = page
  if (before) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('d.received_at', 'd.other_id'), '<', tuple(before.likedAt, toUuid(before.likerId))),
    )
  }
  const rows = await query
    .select(['d.other_id', 'd.received_at'])
    .orderBy('d.received_at', 'desc')
    .orderBy('d.other_id', 'desc')
    .limit(page.limit)
    .execute()
  return rows.flatMap((row) =>
    row.received_at ? { likerId: fromUuid('mem', row.other_id), likedAt: row.received_at } : [],
  )
}

export async function countReceivedLikes(db: Kysely<Database>, memberId: MemberId): Promise<number> {
  const { count } = await db
    .selectFrom(openLikes(db, memberId).select('d.other_id').limit(countLimit).as('likes'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

function openLikes(db: Kysely<Database>, memberId: MemberId) {
  const uuid = toUuid(memberId)
  return db
    .selectFrom('decisions as d')
    .innerJoin('candidates as c', 'c.member_id', 'd.other_id')
    .where('d.member_id', '=', uuid)
    .where('d.received', '=', 'like')
    .where('d.made', 'is', null)
    .where('c.visible', '=', sql.lit(true))
    .where(unblocked(uuid))
}
