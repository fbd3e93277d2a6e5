import { fromUuid, Id, isId, type MemberId, toUuid } from '@accord/contracts/id'
import { defaultPageLimit, type Page, type PageQuery } from '@accord/contracts/page'
import { decodeTimeCursor, pageOf } from '@accord/kit/http/cursor'
import { type Static, Type } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'

export const Block = Type.Object(
  {
    memberId: Id('mem'),
    displayName: Type.String(),
    blockedAt: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: false, $id: 'Block' },
)
export type Block = Static<typeof Block>

/** The blocks a member made, the latest first. Those that others made are theirs alone to see. */
export async function listBlocks(
  db: Kysely<Database>,
  memberId: MemberId,
  page: PageQuery,
): Promise<Page<Block>> {
  const after = page.cursor === undefined ? null : parseCursor(page.cursor)
  let query = db
    .selectFrom('blocks')
    .innerJoin('accounts', 'accounts.id', 'blocks.other_id')
    .where('blocks.member_id', '=', toUuid(memberId))
    .where('blocks.made', '=', true)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('blocks.created_at', 'blocks.other_id'),
        '<',
        tuple(after.createdAt, toUuid(after.memberId)),
      ),
    )
  }
  const rows = await query
    .select(['blocks.other_id', 'blocks.created_at', 'accounts.display_name'])
    .orderBy('blocks.created_at', 'desc')
    .orderBy('blocks.other_id', 'desc')
    .limit((page.limit ?? defaultPageLimit) + 1)
    .execute()
  const blocks = rows.map((row) => ({
    memberId: fromUuid('mem', row.other_id),
    displayName: row.display_name,
    blockedAt: row.created_at.toISOString(),
  }))
  return pageOf(blocks, page.limit, (block) => [block.blockedAt, block.memberId])
}

function parseCursor(cursor: string): { createdAt: Date; memberId: MemberId } {
  const { time, id } = decodeTimeCursor(cursor, (text) => isId('mem', text))
  return { createdAt: time, memberId: id }
}
