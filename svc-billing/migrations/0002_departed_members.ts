import { type Kysely, sql } from 'kysely'

/** Who has left: no checkout of theirs opens any more, however late it is asked for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('departed_members')
    .addColumn('member_id', 'uuid', (c) => c.primaryKey())
    .addColumn('departed_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()
}
