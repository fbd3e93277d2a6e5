import { invoiceOf, subscriptionOf } from './object.ts'
import type { Store, Wire } from './store.ts'
import type { WebhookSender } from './webhook.ts'

export interface Sandbox {
  store: Store
  webhooks: WebhookSender
  publicUrl: () => string
  now: () => Date
}

/** What a click on the checkout page does. Returns where the browser goes. */
export function finishCheckout(sandbox: Sandbox, session: Wire, outcome: string): string {
  if (session.status !== 'open') return String(session.success_url)
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

/** Charges the next month, or ends the subscription if that was asked for. */
export function renewSubscription(sandbox: Sandbox, subscription: Wire): Wire {
  if (subscription.cancel_at_period_end === true) return cancelSubscription(sandbox, subscription, 'now')
  const items = subscription.items as {
    data: { current_period_start: number; current_period_end: number; price: { unit_amount: number } }[]
  }
  const item = items.data[0]
  if (!item) throw new Error(`Subscription ${subscription.id} has no item.`)
  const lengthS = item.current_period_end - item.current_period_start
  const next = {
    ...item,
    current_period_start: item.current_period_end,
    current_period_end: item.current_period_end + lengthS,
  }
  const invoice = {
    ...invoiceOf(
      subscription,
      {
        id: '',
        object: 'checkout.session',
        currency: subscription.currency,
        amount_total: item.price.unit_amount,
      },
      sandbox.store.list('invoice', () => true).length + 1,
      sandbox.publicUrl(),
      secondsOf(sandbox),
    ),
    billing_reason: 'subscription_cycle',
  }
  const changed = sandbox.store.put({
    ...subscription,
    latest_invoice: invoice.id,
    items: { ...items, data: [next] },
  })
  sandbox.store.put(invoice)
  sandbox.webhooks.emit('invoice.paid', invoice)
  sandbox.webhooks.emit('customer.subscription.updated', changed)
  return changed
}

export function secondsOf(sandbox: Pick<Sandbox, 'now'>): number {
  return Math.floor(sandbox.now().getTime() / 1000)
}
