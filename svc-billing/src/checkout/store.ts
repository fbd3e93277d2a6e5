import { fromUuid, type IdOf, type MemberId, toUuid } from '@accord/contracts/id'
import type { Kysely, Transaction } from 'kysely'
import { sql } from 'kysely'
import type { Database } from '../db.ts'

export interface OpenCheckout {
  id: IdOf<'chk'>
  plan: string
  stripeSessionId: string
  url: string
  expiresAt: Date
}

/** Serialises the checkouts of one member: two clicks at once meet here. */
export async function lockMember(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${memberId}, 1))`.execute(trx)
}

export async function customerIdOf(db: Kysely<Database>, memberId: MemberId): Promise<string | null> {
  const row = await db
    .selectFrom('customers')
    .select('stripe_customer_id')
    .where('member_id', '=', toUuid(memberId))
    .executeTakeFirst()
  return row?.stripe_customer_id ?? null
}

export async function memberOfCustomer(
  db: Kysely<Database>,
  stripeCustomerId: string,
): Promise<MemberId | null> {
  const row = await db
    .selectFrom('customers')
    .select('member_id')
    .where('stripe_customer_id', '=', stripeCustomerId)
    .executeTakeFirst()
  return row ? fromUuid('mem', row.member_id) : null
}

export async function insertCustomer(
  trx: Transaction<Database>,
  memberId: MemberId,
  stripeCustomerId: string,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('customers')
    .values({ member_id: toUuid(memberId), stripe_customer_id: stripeCustomerId, created_at: now })
    .execute()
}

export async function openCheckoutOf(
  trx: Transaction<Database>,
  memberId: MemberId,
): Promise<OpenCheckout | null> {
  const row = await trx
    .selectFrom('checkouts')
    .selectAll()
    .where('member_id', '=', toUuid(memberId))
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (!row) return null
  return {
    id: fromUuid('chk', row.id),
    plan: row.plan,
    stripeSessionId: row.stripe_session_id,
    url: row.url,
    expiresAt: row.expires_at,
  }
}

export async function insertCheckout(
  trx: Transaction<Database>,
  memberId: MemberId,
  checkout: OpenCheckout,
): Promise<void> {
  await trx
    .insertInto('checkouts')
    .values({
      member_id: toUuid(memberId),
      id: toUuid(checkout.id),
      plan: checkout.plan,
      stripe_session_id: checkout.stripeSessionId,
      url: checkout.url,
      state: 'open',
      expires_at: checkout.expiresAt,
    })
    .execute()
}

/** Marks the checkout of a Stripe session as over. */
export async function closeCheckout(
  trx: Transaction<Database>,
  memberId: MemberId,
  stripeSessionId: string,
  state: 'complete' | 'expired',
): Promise<void> {
  await trx
    .updateTable('checkouts')
    .set({ state })
    .where('member_id', '=', toUuid(memberId))
    .where('stripe_session_id', '=', stripeSessionId)
    .execute()
}
