import { type ConversationId, fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import type { ConversationChange } from '@accord/contracts/live'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { readMessages } from '../message/body.ts'
import { type MessagePlace, messagesAt } from '../message/store.ts'

/** What lies after `from`, up to and with `to`. */
export interface Gap {
  conversationId: ConversationId
  from: number
  to: number
}

/** The changes of these gaps, in order of seq. A message is shown as it is now, also where it was created. */
export async function changesIn(
  deps: Pick<ChatDeps, 'db' | 'envelope'>,
  viewerId: MemberId,
  gaps: readonly Gap[],
): Promise<Map<ConversationId, ConversationChange[]>> {
  const db = deps.db.primary
  const entries = await logOf(db, gaps)
  const messages = await messagesAt(db, placesOf(entries))
  const shown = await readMessages(deps.envelope, db, messages, viewerId)
  const byPlace = new Map(shown.map((message) => [`${message.conversationId}:${message.seq}`, message]))
  const changes = new Map<ConversationId, ConversationChange[]>()
  for (const { conversationId, seq, messageSeq, readerId, upToSeq } of entries) {
    const list = changes.get(conversationId) ?? []
    changes.set(conversationId, list)
    if (readerId !== null && upToSeq !== null) {
      list.push({ type: 'read', conversationId, seq, readerId, upToSeq })
      continue
    }
    const message = byPlace.get(`${conversationId}:${messageSeq}`)
    const type = messageSeq === seq ? 'message.created' : 'message.changed'
    if (message) list.push({ type, conversationId, seq, message })
  }
  return changes
}

interface LogEntry {
  conversationId: ConversationId
  seq: number
  messageSeq: number | null
  readerId: MemberId | null
  upToSeq: number | null
}

/** New messages and everything else that took a seq, as one log. */
async function logOf(db: Kysely<Database>, gaps: readonly Gap[]): Promise<LogEntry[]> {
  if (gaps.length === 0) return []
  const ids = gaps.map((gap) => toUuid(gap.conversationId))
  const froms = gaps.map((gap) => gap.from)
  const tos = gaps.map((gap) => gap.to)
  const { rows } = await sql<{
    conversation_id: string
    seq: number
    message_seq: number | null
    reader_id: string | null
    up_to_seq: number | null
  }>`
    with gap as (
      select * from unnest(${ids}::uuid[], ${froms}::integer[], ${tos}::integer[]) as gap (id, low, high)
    )
    select m.conversation_id, m.seq, m.seq as message_seq, null::uuid as reader_id, null::integer as up_to_seq
    from gap join messages m on m.conversation_id = gap.id and m.seq > gap.low and m.seq <= gap.high
    union all
    select c.conversation_id, c.seq, c.message_seq, c.reader_id, c.up_to_seq
    from gap join changes c on c.conversation_id = gap.id and c.seq > gap.low and c.seq <= gap.high
    order by 1, 2`.execute(db)
  return rows.map((row) => ({
    conversationId: fromUuid('con', row.conversation_id),
    seq: row.seq,
    messageSeq: row.message_seq,
    readerId: row.reader_id === null ? null : fromUuid('mem', row.reader_id),
    upToSeq: row.up_to_seq,
  }))
}

/** Each message once, however often it changed. */
function placesOf(entries: readonly LogEntry[]): MessagePlace[] {
  const places = new Map<string, MessagePlace>()
  for (const { conversationId, messageSeq } of entries) {
    if (messageSeq !== null) {
      places.set(`${conversationId}:${messageSeq}`, { conversationId, seq: messageSeq })
    }
  }
  return [...places.values()]
}
