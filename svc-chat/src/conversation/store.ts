import { type ConversationId, fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { ClosedBecause, ConversationTable, Database, ParticipantTable } from '../db.ts'
import type { Conversation } from './rules.ts'

/** One member's side of a conversation, as the list shows it. */
export interface Side {
  conversationId: ConversationId
  memberId: MemberId
  peerId: MemberId
  lastActivityAt: Date
  lastSeq: number
  lastMessageSeq: number | null
  unread: number
  readUpToSeq: number
  peerReadUpToSeq: number
}

/** Everything that takes a seq holds this lock, so seqs are given in the order of commits. */
export async function lockConversation(
  trx: Transaction<Database>,
  id: ConversationId,
): Promise<Conversation | null> {
  const row = await trx
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', toUuid(id))
    .forUpdate()
    .executeTakeFirst()
  return row ? toConversation(row) : null
}

export async function findConversation(
  db: Kysely<Database>,
  id: ConversationId,
): Promise<Conversation | null> {
  const row = await db.selectFrom('conversations').selectAll().where('id', '=', toUuid(id)).executeTakeFirst()
  return row ? toConversation(row) : null
}

/** Takes the next seq. Only under {@link lockConversation}. */
export async function takeSeq(trx: Transaction<Database>, id: ConversationId): Promise<number> {
  const { last_seq } = await trx
    .updateTable('conversations')
    .set({ last_seq: sql`last_seq + 1` })
    .where('id', '=', toUuid(id))
    .returning('last_seq')
    .executeTakeFirstOrThrow()
  return last_seq
}

export interface NewConversation {
  id: ConversationId
  memberIds: readonly [MemberId, MemberId]
  openedAt: Date
  closed: { at: Date; because: ClosedBecause } | null
}

/** Inserts the conversation and both sides; false when it is there already, and then nothing changes. */
export async function insertConversation(
  trx: Transaction<Database>,
  conversation: NewConversation,
): Promise<boolean> {
  const [a, b] = [toUuid(conversation.memberIds[0]), toUuid(conversation.memberIds[1])]
  const closedAt = conversation.closed?.at ?? null
  const id = toUuid(conversation.id)
  const inserted = await trx
    .insertInto('conversations')
    .values({
      id,
      member_a: a,
      member_b: b,
      opened_at: conversation.openedAt,
      closed_at: closedAt,
      closed_because: conversation.closed?.because ?? null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return false
  const side = { conversation_id: id, last_activity_at: conversation.openedAt, last_message_seq: null }
  await trx
    .insertInto('participants')
    .values([
      { ...side, member_id: a, peer_id: b, closed_at: closedAt },
      { ...side, member_id: b, peer_id: a, closed_at: closedAt },
    ])
    .execute()
  return true
}

/** Closes what is still open of these and gives that back. Locks in order of id, as every closing does. */
export async function closeAll(
  trx: Transaction<Database>,
  ids: readonly ConversationId[],
  closed: { at: Date; because: ClosedBecause },
  openedUntil?: Date,
): Promise<Conversation[]> {
  if (ids.length === 0) return []
  let query = trx
    .selectFrom('conversations')
    .selectAll()
    .where('id', 'in', ids.map(toUuid))
    .where('closed_at', 'is', null)
    .orderBy('id')
    .forUpdate()
  if (openedUntil) query = query.where('opened_at', '<=', openedUntil)
  const open = await query.execute()
  if (open.length === 0) return []
  const openIds = open.map((row) => row.id)
  await trx
    .updateTable('conversations')
    .set({ closed_at: closed.at, closed_because: closed.because })
    .where('id', 'in', openIds)
    .execute()
  // Nothing unread remains where nothing can be read.
  await trx
    .updateTable('participants')
    .set({ closed_at: closed.at, unread: 0 })
    .where('conversation_id', 'in', openIds)
    .where('member_id', 'in', [...new Set(open.flatMap((row) => [row.member_a, row.member_b]))])
    .execute()
  return open.map((row) => ({ ...toConversation(row), closed: true }))
}

/** Every conversation of a member, open or closed; with one peer or with all. */
export async function conversationsOf(
  db: Kysely<Database>,
  memberId: MemberId,
  peerId?: MemberId,
): Promise<ConversationId[]> {
  let query = db
    .selectFrom('participants')
    .select('conversation_id')
    .where('member_id', '=', toUuid(memberId))
  if (peerId) query = query.where('peer_id', '=', toUuid(peerId))
  const rows = await query.execute()
  return rows.map((row) => fromUuid('con', row.conversation_id))
}

/** A member's side of those of these conversations that are open. */
export async function openSides(
  db: Kysely<Database>,
  memberId: MemberId,
  ids: readonly ConversationId[],
): Promise<Side[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('participants')
    .selectAll()
    .where('member_id', '=', toUuid(memberId))
    .where('conversation_id', 'in', ids.map(toUuid))
    .where('closed_at', 'is', null)
    .execute()
  return rows.map(toSide)
}

/** A page of a member's open conversations, the last active first. */
export async function pageOfSides(
  db: Kysely<Database>,
  memberId: MemberId,
  page: { limit: number; after: { lastActivityAt: Date; conversationId: ConversationId } | null },
): Promise<Side[]> {
  let query = db
    .selectFrom('participants')
    .selectAll()
    .where('member_id', '=', toUuid(memberId))
    .where('closed_at', 'is', null)
    .orderBy('last_activity_at', 'desc')
    .orderBy('conversation_id', 'desc')
    .limit(page.limit)
  if (page.after) {
    const { lastActivityAt, conversationId } = page.after
    // A row comparison: one range of the index, also where many rows share a time.
    query = query.where(
      sql<boolean>`(last_activity_at, conversation_id) < (${lastActivityAt}, ${toUuid(conversationId)})`,
    )
  }
  return (await query.execute()).map(toSide)
}

/** Unread messages of a member over all open conversations. */
export async function totalUnread(db: Kysely<Database>, memberId: MemberId): Promise<number> {
  const { total } = await db
    .selectFrom('participants')
    .select(sql<number>`coalesce(sum(unread), 0)::int`.as('total'))
    .where('member_id', '=', toUuid(memberId))
    .where('unread', '>', 0)
    .executeTakeFirstOrThrow()
  return total
}

function toConversation(row: Selectable<ConversationTable>): Conversation {
  return {
    id: fromUuid('con', row.id),
    memberIds: [fromUuid('mem', row.member_a), fromUuid('mem', row.member_b)],
    lastSeq: row.last_seq,
    closed: row.closed_at !== null,
  }
}

function toSide(row: Selectable<ParticipantTable>): Side {
  return {
    conversationId: fromUuid('con', row.conversation_id),
    memberId: fromUuid('mem', row.member_id),
    peerId: fromUuid('mem', row.peer_id),
    lastActivityAt: row.last_activity_at,
    lastSeq: row.last_seq,
    lastMessageSeq: row.last_message_seq,
    unread: row.unread,
    readUpToSeq: row.read_up_to,
    peerReadUpToSeq: row.peer_read_up_to,
  }
}
