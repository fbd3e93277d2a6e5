import { type MemberId, toUuid } from '@accord/contracts/id'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { lockMembers } from './open.ts'
import type { Conversation } from './rules.ts'
import { closeAll, conversationsOf } from './store.ts'

/**
 * Erases the conversations of a member who left, for both sides: texts, history and the data keys that could
 * still open a backup. What stays is the closed conversation's bare row, so that nothing late reopens it.
 */
export async function eraseMember(
  deps: Pick<ChatDeps, 'envelope'>,
  trx: Transaction<Database>,
  memberId: MemberId,
  at: Date,
): Promise<Conversation[]> {
  const member = toUuid(memberId)
  await lockMembers(trx, [memberId], 'alone')
  await trx
    .insertInto('departed_members')
    .values({ member_id: member, departed_at: at })
    .onConflict((conflict) => conflict.column('member_id').doNothing())
    .execute()
  const ids = await conversationsOf(trx, memberId)
  // Takes the row locks first: a message that is being sent is either erased below or refused afterwards.
  const closed = await closeAll(trx, ids, { at, because: 'deleted' })
  if (ids.length > 0) {
    const uuids = ids.map(toUuid)
    await trx.deleteFrom('messages').where('conversation_id', 'in', uuids).execute()
    await trx.deleteFrom('changes').where('conversation_id', 'in', uuids).execute()
    await deleteSides(trx, member)
  }
  await deletePairBlocks(trx, member)
  for (const id of ids) await deps.envelope.eraseOwner(trx, id)
  return closed
}

/** Both sides of every conversation of the member; the other side is found by its own key. */
async function deleteSides(trx: Transaction<Database>, member: string): Promise<void> {
  await sql`
    with own as (
      delete from participants where member_id = ${member} returning peer_id, conversation_id
    )
    delete from participants peer using own
    where peer.member_id = own.peer_id and peer.conversation_id = own.conversation_id`.execute(trx)
}

async function deletePairBlocks(trx: Transaction<Database>, member: string): Promise<void> {
  await sql`
    with own as (
      delete from pair_blocks where member_id = ${member} returning peer_id
    )
    delete from pair_blocks peer using own
    where peer.member_id = own.peer_id and peer.peer_id = ${member}`.execute(trx)
}
