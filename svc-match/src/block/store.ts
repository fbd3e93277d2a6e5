import { fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db.ts'

/** Stores the state of a block on both sides unless a newer one is there; false when it was. */
export async function tellBlock(
  trx: Transaction<Database>,
  block: { blockerId: MemberId; blockedId: MemberId; active: boolean; version: number },
): Promise<boolean> {
  const [blocker, blocked] = [toUuid(block.blockerId), toUuid(block.blockedId)]
  const { rows } = await sql`
    insert into blocks (member_id, other_id, made, active, version)
    values (${blocker}, ${blocked}, true, ${block.active}, ${block.version}),
      (${blocked}, ${blocker}, false, ${block.active}, ${block.version})
    on conflict (member_id, other_id, made) do update set active = excluded.active, version = excluded.version
    where blocks.version <= excluded.version
    returning member_id`.execute(trx)
  return rows.length > 0
}

/** Whom a member blocks by events and snapshots up to this version; one that was told ahead is younger than any. */
export async function blockedBy(
  trx: Transaction<Database>,
  blockerId: MemberId,
  upToVersion: number,
): Promise<MemberId[]> {
  const rows = await trx
    .selectFrom('blocks')
    .where('member_id', '=', toUuid(blockerId))
    .where('made', '=', true)
    .where('active', '=', true)
    .where('version', '<=', upToVersion)
    .where('version', '>', 0)
    .select('other_id')
    .execute()
  return rows.map((row) => fromUuid('mem', row.other_id))
}
