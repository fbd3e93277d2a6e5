import { type Kysely, sql } from 'kysely'

/** What is read or over is not told any more, in whatever order the streams bring it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Matches that ended, for good: a late message or beginning of theirs must leave nothing behind.
  await db.schema
    .createTable('ended_matches')
    .addColumn('match_id', 'uuid', (c) => c.primaryKey())
    .addColumn('ended_at', 'timestamptz', (c) => c.notNull())
    .execute()
  // How far members have read: a message up to there is no news, should its event come late.
  await db.schema
    .createTable('conversation_reads')
    .addColumn('member_id', 'uuid', (c) => c.notNull())
    .addColumn('conversation_id', 'uuid', (c) => c.notNull())
    .addColumn('up_to_seq', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('conversation_reads_key', ['member_id', 'conversation_id'])
    .execute()
  // The last message that an entry counts.
  await sql`alter table notifications add column last_seq integer`.execute(db)
  // The entry that a mail tells of; once that is read or gone, the mail is not sent.
  await sql`alter table mails add column notification_id uuid`.execute(db)
}
