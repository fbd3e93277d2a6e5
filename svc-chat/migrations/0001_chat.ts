import {
  createIdempotencyTable,
  createInboxTables,
  createKeyTable,
  createOutboxTables,
} from '@accord/kit/db/tables'
import { type Kysely, sql } from 'kysely'

/**
 * Keys start with what a table is distributed by: the conversation for what happens in it, the member for
 * that member's side of it. A conversation therefore has one row of its own and one for each member.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createOutboxTables(db)
  await createInboxTables(db)
  await createIdempotencyTable(db)
  await createKeyTable(db)

  // The row whose lock serialises everything that takes a seq. Ends closed, never deleted: a late event
  // about the same match must find that it is over.
  await sql`
    create table conversations (
      id uuid primary key,
      member_a uuid not null,
      member_b uuid not null,
      last_seq integer not null default 0,
      opened_at timestamptz not null,
      closed_at timestamptz,
      closed_because text check (closed_because in ('unmatched', 'blocked', 'deleted')),
      check (member_a < member_b),
      check ((closed_at is null) = (closed_because is null))
    )`.execute(db)

  // One side of a conversation: all that the list needs, so that a page is one index scan.
  await sql`
    create table participants (
      member_id uuid not null,
      conversation_id uuid not null,
      peer_id uuid not null,
      last_activity_at timestamptz not null,
      last_seq integer not null default 0,
      last_message_seq integer,
      unread integer not null default 0 check (unread >= 0),
      read_up_to integer not null default 0,
      peer_read_up_to integer not null default 0,
      closed_at timestamptz,
      primary key (member_id, conversation_id)
    )`.execute(db)
  await sql`
    create index participants_by_activity on participants (member_id, last_activity_at desc, conversation_id desc)
    where closed_at is null`.execute(db)
  await sql`create index participants_by_peer on participants (member_id, peer_id)`.execute(db)
  await sql`
    create index participants_unread on participants (member_id) include (unread)
    where unread > 0`.execute(db)

  // The primary key serves history (backwards), gaps (forwards) and the count of what is unread.
  await sql`
    create table messages (
      conversation_id uuid not null,
      seq integer not null,
      id uuid not null,
      sender_id uuid not null,
      client_message_id text not null,
      body bytea,
      created_at timestamptz not null,
      edited_at timestamptz,
      deleted_at timestamptz,
      primary key (conversation_id, seq),
      unique (conversation_id, id),
      unique (conversation_id, sender_id, client_message_id),
      check ((body is null) = (deleted_at is not null))
    )`.execute(db)

  // Every seq that is not a new message: an edit or deletion of one, or a receipt. Together with messages
  // it is the whole log of a conversation, without a gap.
  await sql`
    create table changes (
      conversation_id uuid not null,
      seq integer not null,
      message_seq integer,
      reader_id uuid,
      up_to_seq integer,
      created_at timestamptz not null,
      primary key (conversation_id, seq),
      check ((message_seq is null) = (reader_id is not null)),
      check ((reader_id is null) = (up_to_seq is null))
    )`.execute(db)

  // What overtook the event of a match: a block (one row for each side), and members who left.
  await sql`
    create table pair_blocks (
      member_id uuid not null,
      peer_id uuid not null,
      blocked_at timestamptz not null,
      primary key (member_id, peer_id)
    )`.execute(db)
  await sql`create table departed_members (member_id uuid primary key, departed_at timestamptz not null)`.execute(
    db,
  )
}
