import { type ConversationId, type MemberId, toUuid } from '@accord/contracts/id'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db.ts'

/** The last message of `senderId` up to a seq, or 0. */
export async function lastMessageFrom(
  trx: Transaction<Database>,
  conversationId: ConversationId,
  senderId: MemberId,
  upToSeq: number,
): Promise<number> {
  const row = await trx
    .selectFrom('messages')
    .select('seq')
    .where('conversation_id', '=', toUuid(conversationId))
    .where('sender_id', '=', toUuid(senderId))
    .where('seq', '<=', upToSeq)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? 0
}

export interface ReadState {
  upToSeq: number
  unread: number
}

/** Only under the conversation's lock. */
export async function readStateOf(
  trx: Transaction<Database>,
  conversationId: ConversationId,
  memberId: MemberId,
): Promise<ReadState> {
  const side = await trx
    .selectFrom('participants')
    .select(['read_up_to', 'unread'])
    .where('member_id', '=', toUuid(memberId))
    .where('conversation_id', '=', toUuid(conversationId))
    .executeTakeFirstOrThrow()
  return { upToSeq: side.read_up_to, unread: side.unread }
}

export interface Receipt {
  conversationId: ConversationId
  readerId: MemberId
  peerId: MemberId
  /** Its own place in the conversation. */
  seq: number
  upToSeq: number
  at: Date
}

/**
 * Logs the receipt and moves both sides. What is still unread is counted anew from the messages: the
 * conversation's lock is held, so no message can slip between the count and the receipt.
 */
export async function noteReceipt(trx: Transaction<Database>, receipt: Receipt): Promise<number> {
  const conversationId = toUuid(receipt.conversationId)
  const [reader, peer] = [toUuid(receipt.readerId), toUuid(receipt.peerId)]
  await trx
    .insertInto('changes')
    .values({
      conversation_id: conversationId,
      seq: receipt.seq,
      message_seq: null,
      reader_id: reader,
      up_to_seq: receipt.upToSeq,
      created_at: receipt.at,
    })
    .execute()
  const { unread } = await trx
    .selectFrom('messages')
    .select(sql<number>`count(*)::integer`.as('unread'))
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', receipt.upToSeq)
    .where('sender_id', '=', peer)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  await trx
    .updateTable('participants')
    .set({ last_seq: receipt.seq, read_up_to: receipt.upToSeq, unread })
    .where('member_id', '=', reader)
    .where('conversation_id', '=', conversationId)
    .execute()
  await trx
    .updateTable('participants')
    .set({ last_seq: receipt.seq, peer_read_up_to: receipt.upToSeq })
    .where('member_id', '=', peer)
    .where('conversation_id', '=', conversationId)
    .execute()
  return unread
}
