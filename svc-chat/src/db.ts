import type { KitTables } from '@accord/kit/db/tables'
import type { Generated } from 'kysely'

/** Ids are stored as uuids; seqs are per conversation, from 1. See the migration for what each table is for. */
export interface Database extends KitTables {
  conversations: ConversationTable
  participants: ParticipantTable
  messages: MessageTable
  changes: ChangeTable
  pair_blocks: { member_id: string; peer_id: string; blocked_at: Date }
  departed_members: { member_id: string; departed_at: Date }
}

export type ClosedBecause = 'unmatched' | 'blocked' | 'deleted'

export interface ConversationTable {
  id: string
  /** The smaller uuid of the two. */
  member_a: string
  member_b: string
  last_seq: Generated<number>
  opened_at: Date
  closed_at: Date | null
  closed_because: ClosedBecause | null
}

export interface ParticipantTable {
  member_id: string
  conversation_id: string
  peer_id: string
  last_activity_at: Date
  last_seq: Generated<number>
  last_message_seq: number | null
  unread: Generated<number>
  read_up_to: Generated<number>
  peer_read_up_to: Generated<number>
  closed_at: Date | null
}

export interface MessageTable {
  conversation_id: string
  seq: number
  id: string
  sender_id: string
  client_message_id: string
  /** Sealed under the conversation's data key; null once deleted. */
  body: Buffer | null
  created_at: Date
  edited_at: Date | null
  deleted_at: Date | null
}

/** Either a changed message (`message_seq`) or a receipt (`reader_id`, `up_to_seq`). */
export interface ChangeTable {
  conversation_id: string
  seq: number
  message_seq: number | null
  reader_id: string | null
  up_to_seq: number | null
  created_at: Date
}
