import { createInboxTables, createOutboxTables } from '@accord/kit/db/tables'
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await createOutboxTables(db)
  await createInboxTables(db)

  await db.schema
    .createTable('notifications')
    .addColumn('member_id', 'uuid', (c) => c.notNull())
    .addColumn('id', 'uuid', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    // Ids of what it is about; never names or text.
    .addColumn('about', 'jsonb', (c) => c.notNull())
    // Notifications about the same thing are one entry while it is unread.
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('read_at', 'timestamptz')
    .addPrimaryKeyConstraint('notifications_key', ['member_id', 'id'])
    .execute()
  await sql`create unique index notifications_unread on notifications (member_id, topic) where read_at is null`.execute(
    db,
  )
  await db.schema
    .createIndex('notifications_by_time')
    .on('notifications')
    .columns(['member_id', 'created_at', 'id'])
    .execute()

  await db.schema
    .createTable('preferences')
    .addColumn('member_id', 'uuid', (c) => c.primaryKey())
    .addColumn('mail', 'jsonb', (c) => c.notNull())
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('mails')
    .addColumn('id', 'uuid', (c) => c.primaryKey())
    // The member a notification mail goes to; identity's own mails are addressed by their request.
    .addColumn('member_id', 'uuid')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) =>
      c.notNull().check(sql`state in ('queued', 'sent', 'dropped', 'failed')`),
    )
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('next_attempt_at', 'timestamptz', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('done_at', 'timestamptz')
    .addColumn('reason', 'text')
    .execute()
  await sql`create index mails_queued on mails (next_attempt_at) where state = 'queued'`.execute(db)
  await db.schema.createIndex('mails_of_member').on('mails').column('member_id').execute()
}
