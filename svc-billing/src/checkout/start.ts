import { contact } from '@accord/contracts/call/identity'
import type { PlanId } from '@accord/contracts/event/billing'
import { type MemberId, newId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Transaction } from 'kysely'
import type Stripe from 'stripe'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { type Plan, planOf } from '../plan/plans.ts'
import { asking } from '../stripe.ts'
import { memberPlan } from '../subscription/rules.ts'
import { subscriptionsOf } from '../subscription/store.ts'
import {
  closeCheckout,
  customerIdOf,
  insertCheckout,
  insertCustomer,
  lockMember,
  type OpenCheckout,
  openCheckoutOf,
} from './store.ts'

export type CheckoutRefusal = 'plan_unknown' | 'already_subscribed'

/**
 * Opens a checkout page at Stripe for a paid plan. While one is open for the same plan it is given again,
 * and one for another plan is expired first, so that a member cannot pay twice.
 */
export async function startCheckout(
  deps: Deps,
  memberId: MemberId,
  planId: PlanId,
): Promise<OpenCheckout | Refused<CheckoutRefusal>> {
  const plan = planOf(planId)
  if (!plan || plan.amountMinor === 0) return refused('plan_unknown')
  return deps.db.primary.transaction().execute(async (trx) => {
    await lockMember(trx, memberId)
    const now = deps.clock()
    if (memberPlan(await subscriptionsOf(trx, memberId), now).plan !== 'free')
      return refused('already_subscribed')
    const open = await openCheckoutOf(trx, memberId)
    if (open && open.plan === plan.id && open.expiresAt > now) return open
    if (open) {
      if (await closeAtStripe(deps.stripe, open)) return refused('already_subscribed')
      await closeCheckout(trx, memberId, open.stripeSessionId, 'expired')
    }
    const customerId = (await customerIdOf(trx, memberId)) ?? (await createCustomer(trx, deps, memberId))
    const checkout = await createSession(deps, memberId, customerId, plan)
    await insertCheckout(trx, memberId, checkout)
    return checkout
  })
}

/** Expires the page, so that it cannot be paid any more. True when it was paid in the meantime. */
async function closeAtStripe(stripe: Stripe, open: OpenCheckout): Promise<boolean> {
  const session = await asking(stripe.checkout.sessions.retrieve(open.stripeSessionId))
  if (session.status === 'complete') return true
  if (session.status === 'open') await asking(stripe.checkout.sessions.expire(session.id))
  return false
}

/** The key makes a repeated request find the customer that the first one made, also when our transaction was lost. */
async function createCustomer(trx: Transaction<Database>, deps: Deps, memberId: MemberId): Promise<string> {
  const { contact: reached } = await deps.call(contact, { memberId })
  const customer = await asking(
    deps.stripe.customers.create(
      { ...(reached ? { email: reached.email } : {}), metadata: { member_id: memberId } },
      { idempotencyKey: `customer-${memberId}` },
    ),
  )
  await insertCustomer(trx, memberId, customer.id, deps.clock())
  return customer.id
}

async function createSession(
  deps: Deps,
  memberId: MemberId,
  customerId: string,
  plan: Plan,
): Promise<OpenCheckout> {
  const id = newId('chk')
  const metadata = { member_id: memberId, plan: plan.id, checkout: id }
  const session = await asking(
    deps.stripe.checkout.sessions.create(
      {
        mode: 'subscription',
        customer: customerId,
        client_reference_id: memberId,
        success_url: `${deps.publicUrl}/billing/done?checkout=${id}`,
        cancel_url: `${deps.publicUrl}/billing`,
        metadata,
        subscription_data: { metadata },
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: plan.currency,
              unit_amount: plan.amountMinor,
              recurring: { interval: 'month' },
              product_data: { name: `Accord ${plan.name}` },
            },
          },
        ],
      },
      { idempotencyKey: id },
    ),
  )
  if (!session.url) throw new Error('Stripe gave a checkout session without a page.')
  return {
    id,
    plan: plan.id,
    stripeSessionId: session.id,
    url: session.url,
    expiresAt: new Date(session.expires_at * 1000),
  }
}
