import { type ConversationId, fromUuid, type MemberId, type MessageId, toUuid } from '@accord/contracts/id'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, MessageTable } from '../db.ts'

/** A message as the database holds it: its text is sealed. */
export interface StoredMessage {
  id: MessageId
  conversationId: ConversationId
  seq: number
  senderId: MemberId
  clientMessageId: string
  /** Null once deleted. */
  body: Buffer | null
  createdAt: Date
  editedAt: Date | null
  deletedAt: Date | null
}

/** A message's place: what the primary key is made of. */
export interface MessagePlace {
  conversationId: ConversationId
  seq: number
}

export async function insertMessage(trx: Transaction<Database>, message: StoredMessage): Promise<void> {
  await trx
    .insertInto('messages')
    .values({
      conversation_id: toUuid(message.conversationId),
      seq: message.seq,
      id: toUuid(message.id),
      sender_id: toUuid(message.senderId),
      client_message_id: message.clientMessageId,
      body: message.body,
      created_at: message.createdAt,
      edited_at: message.editedAt,
      deleted_at: message.deletedAt,
    })
    .execute()
}

export async function findByClientId(
  trx: Transaction<Database>,
  conversationId: ConversationId,
  senderId: MemberId,
  clientMessageId: string,
): Promise<StoredMessage | null> {
  const row = await trx
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', toUuid(conversationId))
    .where('sender_id', '=', toUuid(senderId))
    .where('client_message_id', '=', clientMessageId)
    .executeTakeFirst()
  return row ? toStored(row) : null
}

export async function findMessage(
  trx: Transaction<Database>,
  conversationId: ConversationId,
  messageId: MessageId,
): Promise<StoredMessage | null> {
  const row = await trx
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', toUuid(conversationId))
    .where('id', '=', toUuid(messageId))
    .executeTakeFirst()
  return row ? toStored(row) : null
}

/** Replaces what an edit or a deletion changes. */
export async function updateMessage(trx: Transaction<Database>, message: StoredMessage): Promise<void> {
  await trx
    .updateTable('messages')
    .set({ body: message.body, edited_at: message.editedAt, deleted_at: message.deletedAt })
    .where('conversation_id', '=', toUuid(message.conversationId))
    .where('seq', '=', message.seq)
    .execute()
}

/** The messages between two seqs, both left out, newest first. */
export async function historyOf(
  db: Kysely<Database>,
  conversationId: ConversationId,
  range: { before: number | null; after: number | null; limit: number },
): Promise<StoredMessage[]> {
  let query = db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', toUuid(conversationId))
    .orderBy('seq', 'desc')
    .limit(range.limit)
  if (range.before !== null) query = query.where('seq', '<', range.before)
  if (range.after !== null) query = query.where('seq', '>', range.after)
  return (await query.execute()).map(toStored)
}

/** The messages at these places, in no order. Bounded by the caller's list. */
export async function messagesAt(
  db: Kysely<Database>,
  places: readonly MessagePlace[],
): Promise<StoredMessage[]> {
  if (places.length === 0) return []
  const ids = places.map((place) => toUuid(place.conversationId))
  const seqs = places.map((place) => place.seq)
  const rows = await db
    .selectFrom('messages')
    .innerJoin(
      sql<{
        conversation_id: string
        seq: number
      }>`(select * from unnest(${ids}::uuid[], ${seqs}::integer[]) as place(conversation_id, seq))`.as(
        'place',
      ),
      (join) =>
        join
          .onRef('place.conversation_id', '=', 'messages.conversation_id')
          .onRef('place.seq', '=', 'messages.seq'),
    )
    .selectAll('messages')
    .execute()
  return rows.map(toStored)
}

export interface NewActivity extends MessagePlace {
  senderId: MemberId
  peerId: MemberId
  at: Date
}

/** Both sides learn of a new message; it is unread for the peer. */
export async function noteMessage(trx: Transaction<Database>, activity: NewActivity): Promise<void> {
  const peer = toUuid(activity.peerId)
  await trx
    .updateTable('participants')
    .set({
      last_seq: activity.seq,
      last_message_seq: activity.seq,
      last_activity_at: activity.at,
      unread: sql`unread + (member_id = ${peer})::integer`,
    })
    .where('conversation_id', '=', toUuid(activity.conversationId))
    .where('member_id', 'in', [toUuid(activity.senderId), peer])
    .execute()
}

/** Logs that a message changed. A deleted one that the peer had not read is not waiting any more. */
export async function noteChange(
  trx: Transaction<Database>,
  change: { message: StoredMessage; peerId: MemberId; seq: number; at: Date; deleted: boolean },
): Promise<void> {
  const { message, peerId, seq, at, deleted } = change
  const conversationId = toUuid(message.conversationId)
  const [sender, peer] = [toUuid(message.senderId), toUuid(peerId)]
  await trx
    .insertInto('changes')
    .values({
      conversation_id: conversationId,
      seq,
      message_seq: message.seq,
      reader_id: null,
      up_to_seq: null,
      created_at: at,
    })
    .execute()
  const wasWaiting = sql`${deleted} and member_id = ${peer} and read_up_to < ${message.seq}`
  await trx
    .updateTable('participants')
    .set({ last_seq: seq, unread: sql`unread - (${wasWaiting})::integer` })
    .where('conversation_id', '=', conversationId)
    .where('member_id', 'in', [sender, peer])
    .execute()
}

export function toStored(row: Selectable<MessageTable>): StoredMessage {
  return {
    id: fromUuid('msg', row.id),
    conversationId: fromUuid('con', row.conversation_id),
    seq: row.seq,
    senderId: fromUuid('mem', row.sender_id),
    clientMessageId: row.client_message_id,
    body: row.body,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
  }
}
