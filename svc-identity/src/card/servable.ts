import { fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'

/**
 * Which of these members the viewer may see at this moment: account open, profile visible, and no block
 * between the two in either direction. Never cached: a block counts from the next look.
 */
export async function selectServable(
  db: Kysely<Database>,
  viewerId: MemberId,
  memberIds: readonly MemberId[],
): Promise<Set<MemberId>> {
  const rows = await db
    .selectFrom('accounts')
    .innerJoin('profiles', 'profiles.member_id', 'accounts.id')
    .where('accounts.id', 'in', memberIds.map(toUuid))
    .where('accounts.status', '=', 'active')
    .where('profiles.visible', '=', true)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('blocks')
            .select('blocks.other_id')
            // Both directions: a block has a row on the viewer's side whoever made it.
            .where('blocks.member_id', '=', toUuid(viewerId))
            .whereRef('blocks.other_id', '=', 'accounts.id'),
        ),
      ),
    )
    .select('accounts.id')
    .execute()
  return new Set(rows.map((row) => fromUuid('mem', row.id)))
}
