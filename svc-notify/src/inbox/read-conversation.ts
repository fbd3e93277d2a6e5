import { type ConversationId, type MemberId, toUuid } from '@accord/contracts/id'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db.ts'
import { hasEnded, lockConversation } from './conversation-lock.ts'
import { hasLeft } from './forget.ts'

/**
 * Marks the entry of a conversation as read once its last message is, and remembers how far the member has read.
 * False when no entry has changed.
 */
export async function readConversation(
  trx: Transaction<Database>,
  read: { readerId: MemberId; conversationId: ConversationId; upToSeq: number; at: Date },
): Promise<boolean> {
  const { readerId, conversationId, upToSeq, at } = read
  if (await hasLeft(trx, [readerId])) return false
  await lockConversation(trx, conversationId, 'alone')
  if (await hasEnded(trx, conversationId)) return false
  await trx
    .insertInto('conversation_reads')
    .values({ member_id: toUuid(readerId), conversation_id: toUuid(conversationId), up_to_seq: upToSeq })
    .onConflict((conflict) =>
      conflict.columns(['member_id', 'conversation_id']).doUpdateSet({
        up_to_seq: sql`greatest(conversation_reads.up_to_seq, excluded.up_to_seq)`,
      }),
    )
    .execute()
  const marked = await trx
    .updateTable('notifications')
    .set({ read_at: at })
    .where('member_id', '=', toUuid(readerId))
    .where('topic', '=', conversationId)
    .where('read_at', 'is', null)
    .where((eb) => eb.or([eb('last_seq', 'is', null), eb('last_seq', '<=', upToSeq)]))
    .executeTakeFirst()
  return marked.numUpdatedRows > 0n
}

/** Whether the member has read this message already. Only under the conversation's lock. */
export async function hasRead(
  trx: Transaction<Database>,
  memberId: MemberId,
  message: { conversationId: ConversationId; seq: number },
): Promise<boolean> {
  const row = await trx
    .selectFrom('conversation_reads')
    .select('up_to_seq')
    .where('member_id', '=', toUuid(memberId))
    .where('conversation_id', '=', toUuid(message.conversationId))
    .executeTakeFirst()
  return row !== undefined && row.up_to_seq >= message.seq
}
