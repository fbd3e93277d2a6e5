import { contact } from '@accord/contracts/call/identity'
import type { PlanId } from '@accord/contracts/event/billing'
import { type MemberId, newId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { hasDeparted } from '../member/store.ts'
import { type Plan, planOf } from '../plan/plans.ts'
import { asking } from '../stripe.ts'
import { applySubscription } from '../subscription/apply.ts'
import { liveSubscriptionIds, lockCustomer } from '../subscription/store.ts'
import { expireCheckout } from './expire.ts'
import { settleCheckout } from './settle.ts'
import {
  customerIdOf,
  insertCheckout,
  insertCustomer,
  lockMember,
  type OpenCheckout,
  openCheckoutOf,
} from './store.ts'

export type CheckoutRefusal = 'plan_unknown' | 'already_subscribed' | 'account_closed'

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
  return deps.stripeRoom(() =>
    deps.db.primary.transaction().execute((trx) => openWithin(trx, deps, memberId, plan)),
  )
}

async function openWithin(
  trx: Transaction<Database>,
  deps: Deps,
  memberId: MemberId,
  plan: Plan,
): Promise<OpenCheckout | Refused<CheckoutRefusal>> {
  await lockMember(trx, memberId)
  if (await hasDeparted(trx, memberId)) return refused('account_closed')
  const open = await usableCheckout(trx, deps, memberId, plan)
  if (await isSubscribed(trx, deps, memberId)) return refused('already_subscribed')
  if (open) return open
  const customerId = (await customerIdOf(trx, memberId)) ?? (await createCustomer(trx, deps, memberId))
  const checkout = await createSession(deps, memberId, customerId, plan)
  await insertCheckout(trx, memberId, checkout)
  return checkout
}

/** The open page, if it is for this plan and can be paid. Any other is closed, or was paid and is taken over. */
async function usableCheckout(
  trx: Transaction<Database>,
  deps: Deps,
  memberId: MemberId,
  plan: Plan,
): Promise<OpenCheckout | null> {
  const open = await openCheckoutOf(trx, memberId)
  if (!open) return null
  if (open.plan === plan.id && open.expiresAt > deps.clock()) {
    const { status } = await asking(deps.stripe.checkout.sessions.retrieve(open.stripeSessionId))
    if (status === 'open') return open
  }
  await settleCheckout(trx, deps, memberId, await expireCheckout(deps.stripe, open.stripeSessionId))
  return null
}

/**
 * Whether Stripe charges the member already, or tries to: a second subscription would be paid beside the first.
 * What we know of is looked at again, since its webhooks may be late or lost.
 */
async function isSubscribed(trx: Transaction<Database>, deps: Deps, memberId: MemberId): Promise<boolean> {
  const customerId = await customerIdOf(trx, memberId)
  if (customerId === null) return false
  await lockCustomer(trx, customerId)
  for (const id of await liveSubscriptionIds(trx, memberId)) await applySubscription(trx, deps, id)
  return (await liveSubscriptionIds(trx, memberId)).length > 0
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
