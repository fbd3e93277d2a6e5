import { type MemberId, toUuid } from '@accord/contracts/id'
import type { Kysely, Transaction } from 'kysely'
import { sql } from 'kysely'
import type { Database } from '../db.ts'
import { planOf } from '../plan/plans.ts'
import { liveStatuses, type MemberPlan, type SubscriptionState } from './rules.ts'

/** Serialises everything that changes one customer, so that the state fetched last is the state stored last. */
export async function lockCustomer(trx: Transaction<Database>, stripeCustomerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${stripeCustomerId}, 0))`.execute(trx)
}

export async function upsertSubscription(
  trx: Transaction<Database>,
  memberId: MemberId,
  stripeSubscriptionId: string,
  state: SubscriptionState,
  now: Date,
): Promise<void> {
  const row = {
    plan: state.plan,
    status: state.stripeStatus,
    current_period_end: state.currentPeriodEnd,
    cancel_at_period_end: state.cancelAtPeriodEnd,
    updated_at: now,
  }
  await trx
    .insertInto('subscriptions')
    .values({ member_id: toUuid(memberId), stripe_subscription_id: stripeSubscriptionId, ...row })
    .onConflict((conflict) => conflict.columns(['member_id', 'stripe_subscription_id']).doUpdateSet(row))
    .execute()
}

export async function subscriptionsOf(
  db: Kysely<Database>,
  memberId: MemberId,
): Promise<SubscriptionState[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('member_id', '=', toUuid(memberId))
    .orderBy('updated_at', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({
    plan: planOf(row.plan)?.id ?? 'free',
    stripeStatus: row.status,
    currentPeriodEnd: row.current_period_end,
    cancelAtPeriodEnd: row.cancel_at_period_end,
  }))
}

/** Those that Stripe charges, tries to charge, or will again. */
export async function liveSubscriptionIds(db: Kysely<Database>, memberId: MemberId): Promise<string[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .select('stripe_subscription_id')
    .where('member_id', '=', toUuid(memberId))
    .where('status', 'in', liveStatuses)
    .limit(50)
    .execute()
  return rows.map((row) => row.stripe_subscription_id)
}

export async function wasAnnounced(trx: Transaction<Database>, memberId: MemberId): Promise<boolean> {
  const row = await trx
    .selectFrom('announced_plans')
    .select('member_id')
    .where('member_id', '=', toUuid(memberId))
    .executeTakeFirst()
  return row !== undefined
}

/** Stores what is announced now; false when exactly this was announced before. */
export async function announcedAnew(
  trx: Transaction<Database>,
  memberId: MemberId,
  plan: MemberPlan,
): Promise<boolean> {
  const state = JSON.stringify(plan)
  const changed = await trx
    .insertInto('announced_plans')
    .values({ member_id: toUuid(memberId), state })
    .onConflict((conflict) =>
      conflict
        .column('member_id')
        .doUpdateSet({ state })
        .where('announced_plans.state', 'is distinct from', sql<object>`${state}::jsonb`),
    )
    .returning('member_id')
    .executeTakeFirst()
  return changed !== undefined
}
