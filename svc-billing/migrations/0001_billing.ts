import { createIdempotencyTable, createInboxTables, createOutboxTables } from '@accord/kit/db/tables'
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await createOutboxTables(db)
  await createInboxTables(db)
  await createIdempotencyTable(db)

  await db.schema
    .createTable('customers')
    .addColumn('member_id', 'uuid', (c) => c.primaryKey())
    .addColumn('stripe_customer_id', 'text', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .execute()
  // A webhook may name the customer alone.
  await db.schema.createIndex('customers_by_stripe_id').on('customers').column('stripe_customer_id').execute()

  await db.schema
    .createTable('checkouts')
    .addColumn('member_id', 'uuid', (c) => c.notNull())
    .addColumn('id', 'uuid', (c) => c.notNull())
    .addColumn('plan', 'text', (c) => c.notNull())
    .addColumn('stripe_session_id', 'text', (c) => c.notNull())
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('open', 'complete', 'expired')`))
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('checkouts_key', ['member_id', 'id'])
    .execute()
  // One open checkout a member: a second click finds the first.
  await sql`create unique index checkouts_open on checkouts (member_id) where state = 'open'`.execute(db)

  await db.schema
    .createTable('subscriptions')
    .addColumn('member_id', 'uuid', (c) => c.notNull())
    .addColumn('stripe_subscription_id', 'text', (c) => c.notNull())
    .addColumn('plan', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('current_period_end', 'timestamptz')
    .addColumn('cancel_at_period_end', 'boolean', (c) => c.notNull())
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('subscriptions_key', ['member_id', 'stripe_subscription_id'])
    .execute()

  // What was last announced, so that an event goes out only when something changed.
  await db.schema
    .createTable('announced_plans')
    .addColumn('member_id', 'uuid', (c) => c.primaryKey())
    .addColumn('state', 'jsonb', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('invoices')
    .addColumn('member_id', 'uuid', (c) => c.notNull())
    .addColumn('stripe_invoice_id', 'text', (c) => c.notNull())
    .addColumn('number', 'text')
    .addColumn('amount_minor', 'bigint', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('url', 'text')
    .addColumn('issued_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('invoices_key', ['member_id', 'stripe_invoice_id'])
    .execute()
  await db.schema.createIndex('invoices_by_time').on('invoices').columns(['member_id', 'issued_at']).execute()

  // Append only: what was really paid or given back, for the books. Amounts are signed minor units.
  await db.schema
    .createTable('ledger')
    .addColumn('member_id', 'uuid', (c) => c.notNull())
    .addColumn('stripe_invoice_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('charge', 'refund')`))
    .addColumn('amount_minor', 'bigint', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('occurred_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('ledger_key', ['member_id', 'stripe_invoice_id', 'kind'])
    .execute()
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'the ledger is append only';
    end $$`.execute(db)
  await sql`
    create trigger ledger_is_append_only before update or delete on ledger
    for each row execute function refuse_change()`.execute(db)

  // Inbox of Stripe's events, by their own key.
  await db.schema
    .createTable('stripe_events')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('received_at', 'timestamptz', (c) => c.notNull())
    .execute()
}
