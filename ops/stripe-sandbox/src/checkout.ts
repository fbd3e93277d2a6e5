import { invoiceOf, subscriptionOf } from './object.ts'
import type { Store, Wire } from './store.ts'
import type { WebhookSender } from './webhook.ts'

export interface Sandbox {
  store: Store
  webhooks: WebhookSender
  publicUrl: () => string
  now: () => Date
}

/** A customer who was not deleted. */
export function findCustomer({ store }: Sandbox, id: string): Wire | undefined {
  const customer = store.get(id, 'customer')
  return customer?.deleted === true ? undefined : customer
}

/** Deletes a customer with all that was said of them, and ends what they still pay for. */
export function deleteCustomer(sandbox: Sandbox, { id }: Wire): Wire {
  const deleted = sandbox.store.put({ id, object: 'customer', deleted: true })
  const live = sandbox.store.list(
    'subscription',
    (each) => each.customer === id && each.status !== 'canceled',
  )
  for (const subscription of live) cancelSubscription(sandbox, subscription, 'now')
  return deleted
}

/** What a click on the checkout page does. Returns where the browser goes. */
export function finishCheckout(sandbox: Sandbox, session: Wire, outcome: string): string {
  if (session.status !== 'open') return String(session.success_url)
  if (session.customer !== null && !findCustomer(sandbox, String(session.customer)))
    return String(session.cancel_url)
  if (outcome === 'left') return String(session.cancel_url)
  if (outcome !== 'paid') return `${session.url}?declined=1`
  const { store, webhooks } = sandbox
  const nowS = secondsOf(sandbox)
  const subscription = subscriptionOf(session, nowS)
  const invoice = invoiceOf(
    subscription,
    session,
    store.list('invoice', () => true).length + 1,
    sandbox.publicUrl(),
    nowS,
  )
  subscription.latest_invoice = invoice.id
  const done = {
    ...session,
    status: 'complete',
    payment_status: 'paid',
    subscription: subscription.id,
    url: null,
  }
  store.put(subscription)
  store.put(invoice)
  store.put(done)
  webhooks.emit('customer.subscription.created', subscription)
  webhooks.emit('invoice.paid', invoice)
  webhooks.emit('checkout.session.completed', done)
  return String(session.success_url).replaceAll('{CHECKOUT_SESSION_ID}', session.id)
}

/** Expires an open session, as `POST /v1/checkout/sessions/:id/expire` does. */
export function expireCheckout(sandbox: Sandbox, session: Wire): Wire {
  const expired = sandbox.store.put({ ...session, status: 'expired', url: null })
  sandbox.webhooks.emit('checkout.session.expired', expired)
  return expired
}

/** Ends a subscription now, or says that it shall end with its period. */
export function cancelSubscription(sandbox: Sandbox, subscription: Wire, when: 'now' | 'period_end'): Wire {
  const nowS = secondsOf(sandbox)
  const changed = sandbox.store.put(
    when === 'now'
      ? { ...subscription, status: 'canceled', canceled_at: nowS, ended_at: nowS }
      : { ...subscription, cancel_at_period_end: true, canceled_at: nowS },
  )
  sandbox.webhooks.emit(
    when === 'now' ? 'customer.subscription.deleted' : 'customer.subscription.updated',
    changed,
  )
  return changed
}

/** Takes a cancellation at the period's end back. */
export function resumeSubscription(sandbox: Sandbox, subscription: Wire): Wire {
  const changed = sandbox.store.put({ ...subscription, cancel_at_period_end: false, canceled_at: null })
  sandbox.webhooks.emit('customer.subscription.updated', changed)
  return changed
}

/** Charges the next month, or ends the subscription if that was asked for. What is due from a failed renewal is paid. */
export function renewSubscription(sandbox: Sandbox, subscription: Wire): Wire {
  if (subscription.cancel_at_period_end === true) return cancelSubscription(sandbox, subscription, 'now')
  const due = sandbox.store.get(String(subscription.latest_invoice), 'invoice')
  if (subscription.status === 'past_due' && due) {
    const paid = { ...due, status: 'paid', amount_paid: due.total, amount_remaining: 0 }
    return settle(sandbox, { ...subscription, status: 'active' }, paid, 'invoice.paid')
  }
  const next = withNextPeriod(subscription)
  return settle(sandbox, next, cycleInvoice(sandbox, next), 'invoice.paid')
}

/** The card is refused: the next month begins all the same, unpaid, as it does at Stripe. */
export function failRenewal(sandbox: Sandbox, subscription: Wire): Wire {
  if (subscription.status === 'past_due') return subscription
  const next = { ...withNextPeriod(subscription), status: 'past_due' }
  const invoice = cycleInvoice(sandbox, next)
  const due = { ...invoice, status: 'open', amount_paid: 0, amount_remaining: invoice.total }
  return settle(sandbox, next, due, 'invoice.payment_failed')
}

function settle(sandbox: Sandbox, subscription: Wire, invoice: Wire, invoiceEvent: string): Wire {
  const changed = sandbox.store.put({ ...subscription, latest_invoice: invoice.id })
  sandbox.store.put(invoice)
  sandbox.webhooks.emit(invoiceEvent, invoice)
  sandbox.webhooks.emit('customer.subscription.updated', changed)
  return changed
}

interface Item {
  current_period_start: number
  current_period_end: number
  price: { unit_amount: number }
}

function itemOf(subscription: Wire): Item {
  const [item] = (subscription.items as { data: Item[] }).data
  if (!item) throw new Error(`Subscription ${subscription.id} has no item.`)
  return item
}

function withNextPeriod(subscription: Wire): Wire {
  const item = itemOf(subscription)
  const { current_period_start: start, current_period_end: end } = item
  const next = { ...item, current_period_start: end, current_period_end: end + (end - start) }
  return { ...subscription, items: { ...(subscription.items as object), data: [next] } }
}

function cycleInvoice(sandbox: Sandbox, subscription: Wire): Wire {
  const { price } = itemOf(subscription)
  const charged = { id: '', object: '', currency: subscription.currency, amount_total: price.unit_amount }
  const count = sandbox.store.list('invoice', () => true).length
  const invoice = invoiceOf(subscription, charged, count + 1, sandbox.publicUrl(), secondsOf(sandbox))
  return { ...invoice, billing_reason: 'subscription_cycle' }
}

export function secondsOf(sandbox: Pick<Sandbox, 'now'>): number {
  return Math.floor(sandbox.now().getTime() / 1000)
}
