import { type Kysely, sql } from 'kysely'

/** Who has left: other streams may still bring events about them, which must leave nothing behind. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('departed_members')
    .addColumn('member_id', 'uuid', (c) => c.primaryKey())
    .addColumn('departed_at', 'timestamptz', (c) => c.notNull())
    .execute()
  // Finds the entries of others about one who leaves.
  await sql`create index notifications_about_member on notifications ((about->>'memberId'))`.execute(db)
}
