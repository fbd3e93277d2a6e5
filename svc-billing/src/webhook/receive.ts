import { isId, type MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Transaction } from 'kysely'
import Stripe from 'stripe'
import { idOf, settleCheckout } from '../checkout/settle.ts'
import { memberOfCustomer } from '../checkout/store.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { recordInvoice } from '../invoice/store.ts'
import { asking } from '../stripe.ts'
import { applySubscription } from '../subscription/apply.ts'
import { lockCustomer } from '../subscription/store.ts'

/**
 * Takes one of Stripe's events: proves its signature over the raw bytes, and applies it once. Under the customer's
 * lock the object is fetched as it is now, so it does not matter how often and in what order events arrive.
 */
export async function receiveStripeEvent(
  deps: Deps,
  rawBody: string,
  signature: string,
): Promise<'applied' | 'known' | Refused<'signature_invalid'>> {
  const event = await verified(deps, rawBody, signature)
  if (!event) return refused('signature_invalid')
  return deps.stripeRoom(() =>
    deps.db.primary.transaction().execute(async (trx) => {
      if (!(await claim(trx, event, deps.clock()))) return 'known'
      await apply(trx, deps, event)
      return 'applied'
    }),
  )
}

async function verified(deps: Deps, rawBody: string, signature: string): Promise<Stripe.Event | null> {
  try {
    const nowMs = deps.clock().getTime()
    return await deps.stripe.webhooks.constructEventAsync(
      rawBody,
      signature,
      deps.webhookSecret,
      300,
      undefined,
      nowMs,
    )
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError)
      return null
    throw error
  }
}

/** False when this event was applied before. The same event at the same time waits here for the other's commit. */
async function claim(trx: Transaction<Database>, event: Stripe.Event, now: Date): Promise<boolean> {
  const row = await trx
    .insertInto('stripe_events')
    .values({ id: event.id, type: event.type, received_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

async function apply(trx: Transaction<Database>, deps: Deps, event: Stripe.Event): Promise<void> {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.expired': {
      const session = event.data.object
      const memberId = session.client_reference_id ?? ''
      return isId('mem', memberId) ? settleCheckout(trx, deps, memberId, session) : undefined
    }
    case 'customer.subscription.created':
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
    case 'customer.subscription.paused':
    case 'customer.subscription.resumed': {
      const subscription = event.data.object
      await lockCustomer(trx, idOf(subscription.customer) ?? subscription.id)
      return applySubscription(trx, deps, subscription.id)
    }
    case 'invoice.finalized':
    case 'invoice.paid':
    case 'invoice.payment_failed':
    case 'invoice.voided':
    case 'invoice.marked_uncollectible': {
      const { id } = event.data.object
      if (!id) return
      await lockCustomer(trx, idOf(event.data.object.customer) ?? id)
      const invoice = await asking(deps.stripe.invoices.retrieve(id))
      const memberId = await payerOf(trx, invoice)
      if (!memberId) return deps.log.warn('an invoice names no member of ours', { invoice: id })
      return recordInvoice(trx, memberId, invoice)
    }
    default:
      // Stripe sends what its dashboard is told to send; what we have no use for is accepted and forgotten.
      return
  }
}

/** The subscription's own note says who pays; the customer is asked where it does not. */
async function payerOf(trx: Transaction<Database>, invoice: Stripe.Invoice): Promise<MemberId | null> {
  const noted = invoice.parent?.subscription_details?.metadata?.member_id ?? ''
  if (isId('mem', noted)) return noted
  const customer = idOf(invoice.customer)
  return customer === null ? null : memberOfCustomer(trx, customer)
}
