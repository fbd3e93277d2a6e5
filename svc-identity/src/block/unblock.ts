import { memberUnblocked } from '@accord/contracts/event/identity'
import { type MemberId, toUuid } from '@accord/contracts/id'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Deps } from '../deps.ts'

/** Takes one's own block back; a block by the other stays. Where there is none, nothing happens. */
export async function unblockMember(
  deps: Pick<Deps, 'db' | 'clock'>,
  blockerId: MemberId,
  blockedId: MemberId,
): Promise<void> {
  const [blocker, blocked] = [toUuid(blockerId), toUuid(blockedId)]
  await deps.db.primary.transaction().execute(async (trx) => {
    const mine = await trx
      .deleteFrom('blocks')
      .where('member_id', '=', blocker)
      .where('other_id', '=', blocked)
      .where('made', '=', true)
      .returning('other_id')
      .executeTakeFirst()
    if (!mine) return
    await trx
      .deleteFrom('blocks')
      .where('member_id', '=', blocked)
      .where('other_id', '=', blocker)
      .where('made', '=', false)
      .execute()
    await enqueue(trx, memberUnblocked, {
      aggregateId: blockerId,
      data: { blockerId, blockedId },
      actor: blockerId,
      clock: deps.clock,
    })
  })
}
