import type { PlanId, SubscriptionStatus } from '@accord/contracts/event/billing'
import { rankOf } from '../plan/plans.ts'

/** A renewal's webhook may be late: a paid period counts this much longer. */
export const graceMs = 3 * 24 * 60 * 60 * 1000

/** Stripe's words for a subscription that is charged, or may be again without the member doing anything. */
export const liveStatuses = ['active', 'trialing', 'past_due', 'unpaid', 'paused']

export interface SubscriptionState {
  plan: PlanId
  /** Stripe's own word for the state. */
  stripeStatus: string
  /** Until when it is paid. */
  currentPeriodEnd: Date | null
  cancelAtPeriodEnd: boolean
}

export interface MemberPlan {
  plan: PlanId
  status: SubscriptionStatus
  currentPeriodEnd: string | null
  cancelAtPeriodEnd: boolean
}

const none: MemberPlan = {
  plan: 'free',
  status: 'canceled',
  currentPeriodEnd: null,
  cancelAtPeriodEnd: false,
}

/** What a member is entitled to now: the best of the subscriptions that are paid for. */
export function memberPlan(subscriptions: SubscriptionState[], now: Date): MemberPlan {
  const best = subscriptions
    .filter((subscription) => entitles(subscription, now))
    .sort((a, b) => rankOf(b.plan) - rankOf(a.plan))[0]
  if (!best) return none
  return {
    plan: best.plan,
    status: best.stripeStatus === 'past_due' ? 'past_due' : 'active',
    currentPeriodEnd: best.currentPeriodEnd?.toISOString() ?? null,
    cancelAtPeriodEnd: best.cancelAtPeriodEnd,
  }
}

/**
 * A failed renewal (`past_due`) keeps the plan while Stripe tries again; the grace ends it at the latest. One that
 * was cancelled is not renewed, and ends with its period.
 */
function entitles(subscription: SubscriptionState, now: Date): boolean {
  if (!['active', 'trialing', 'past_due'].includes(subscription.stripeStatus)) return false
  const end = subscription.currentPeriodEnd
  return end === null || now.getTime() < end.getTime() + (subscription.cancelAtPeriodEnd ? 0 : graceMs)
}
