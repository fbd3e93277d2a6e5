import { subscriptionChanged } from '@accord/contracts/event/billing'
import { isId, type MemberId } from '@accord/contracts/id'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import type Stripe from 'stripe'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { planOf } from '../plan/plans.ts'
import { asking } from '../stripe.ts'
import { memberPlan } from './rules.ts'
import { announcedAnew, subscriptionsOf, upsertSubscription, wasAnnounced } from './store.ts'

/**
 * Takes over a subscription as Stripe has it now, and announces what that changes.
 * The event that brought us here is only a hint: events come late, twice and out of order, the object does not.
 * The caller holds the customer's lock.
 */
export async function applySubscription(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'stripe' | 'clock' | 'log'>,
  subscriptionId: string,
): Promise<void> {
  const subscription = await asking(deps.stripe.subscriptions.retrieve(subscriptionId))
  const owner = ownerOf(subscription)
  if (!owner) {
    deps.log.warn('a subscription names no member or plan of ours', { subscription: subscriptionId })
    return
  }
  const now = deps.clock()
  await upsertSubscription(
    trx,
    owner.memberId,
    subscription.id,
    {
      plan: owner.plan,
      stripeStatus: subscription.status,
      currentPeriodEnd: paidUntil(subscription),
      cancelAtPeriodEnd: subscription.cancel_at_period_end,
    },
    now,
  )
  const plan = memberPlan(await subscriptionsOf(trx, owner.memberId), now)
  // One that never gave anything (its first payment is pending, or was refused) has changed nothing.
  if (plan.plan === 'free' && !(await wasAnnounced(trx, owner.memberId))) return
  if (!(await announcedAnew(trx, owner.memberId, plan))) return
  await enqueue(trx, subscriptionChanged, {
    aggregateId: owner.memberId,
    data: plan,
    actor: null,
    clock: deps.clock,
  })
}

function ownerOf(subscription: Stripe.Subscription) {
  const memberId = subscription.metadata.member_id ?? ''
  const plan = planOf(subscription.metadata.plan ?? '')
  return isId('mem', memberId) && plan ? { memberId: memberId as MemberId, plan: plan.id } : null
}

/**
 * End of the period that is paid. A renewal that fails begins the next period all the same, so what is past due is
 * paid until its beginning. Since API version 2025-03-31 the period stands on the items; ours have one.
 */
function paidUntil(subscription: Stripe.Subscription): Date | null {
  const item = subscription.items.data[0]
  if (!item) return null
  const unpaid = subscription.status === 'past_due' || subscription.status === 'unpaid'
  return new Date((unpaid ? item.current_period_start : item.current_period_end) * 1000)
}
