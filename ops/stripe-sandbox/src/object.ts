import { type Form, textAt, textsAt } from './form.ts'
import { type Wire, wireId } from './store.ts'

const dayS = 24 * 60 * 60
const monthS = 30 * dayS

/** A customer, from the parameters of `POST /v1/customers`. */
export function customerOf(form: Form, nowS: number): Wire {
  return {
    id: wireId('cus'),
    object: 'customer',
    created: nowS,
    email: textAt(form, 'email') ?? null,
    livemode: false,
    metadata: textsAt(form, 'metadata'),
  }
}

/** A checkout session of mode `subscription`, open for a day. `url` is the page a person clicks through. */
export function checkoutSessionOf(form: Form, publicUrl: string, nowS: number): Wire {
  const id = wireId('cs_test')
  const price = ['line_items', 0, 'price_data'] as const
  return {
    id,
    object: 'checkout.session',
    created: nowS,
    mode: textAt(form, 'mode') ?? 'subscription',
    status: 'open',
    payment_status: 'unpaid',
    client_reference_id: textAt(form, 'client_reference_id') ?? null,
    customer: textAt(form, 'customer') ?? null,
    subscription: null,
    amount_total: Number(textAt(form, ...price, 'unit_amount') ?? 0),
    currency: textAt(form, ...price, 'currency') ?? 'eur',
    success_url: textAt(form, 'success_url') ?? null,
    cancel_url: textAt(form, 'cancel_url') ?? null,
    expires_at: nowS + dayS,
    livemode: false,
    metadata: textsAt(form, 'metadata'),
    url: `${publicUrl}/pay/${id}`,
    // Not part of Stripe's object; removed before it is sent.
    sandbox_product: textAt(form, ...price, 'product_data', 'name') ?? 'Subscription',
    sandbox_subscription_metadata: textsAt(form, 'subscription_data', 'metadata'),
  }
}

/** The subscription that a paid checkout makes. Since 2025 the period stands on the item. */
export function subscriptionOf(session: Wire, nowS: number): Wire {
  const id = wireId('sub')
  return {
    id,
    object: 'subscription',
    created: nowS,
    start_date: nowS,
    customer: session.customer,
    currency: session.currency,
    status: 'active',
    cancel_at_period_end: false,
    cancel_at: null,
    canceled_at: null,
    ended_at: null,
    latest_invoice: null,
    livemode: false,
    metadata: session.sandbox_subscription_metadata,
    items: {
      object: 'list',
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
      data: [
        {
          id: wireId('si'),
          object: 'subscription_item',
          subscription: id,
          quantity: 1,
          current_period_start: nowS,
          current_period_end: nowS + monthS,
          price: {
            id: wireId('price'),
            object: 'price',
            currency: session.currency,
            unit_amount: session.amount_total,
            recurring: { interval: 'month', interval_count: 1 },
          },
        },
      ],
    },
  }
}

/** The invoice of a subscription's period; paid unless told. */
export function invoiceOf(
  subscription: Wire,
  session: Wire,
  number: number,
  publicUrl: string,
  nowS: number,
): Wire {
  const id = wireId('in')
  return {
    id,
    object: 'invoice',
    created: nowS,
    customer: subscription.customer,
    currency: session.currency,
    amount_due: session.amount_total,
    amount_paid: session.amount_total,
    amount_remaining: 0,
    total: session.amount_total,
    status: 'paid',
    number: `SANDBOX-${String(number).padStart(6, '0')}`,
    billing_reason: 'subscription_create',
    hosted_invoice_url: `${publicUrl}/invoice/${id}`,
    invoice_pdf: null,
    period_start: nowS,
    period_end: nowS + monthS,
    status_transitions: { paid_at: nowS, finalized_at: nowS, marked_uncollectible_at: null, voided_at: null },
    parent: {
      type: 'subscription_details',
      quote_details: null,
      subscription_details: { subscription: subscription.id, metadata: subscription.metadata },
    },
    livemode: false,
    metadata: {},
  }
}

/** What leaves the sandbox: the object without its own notes. */
export function onWire(value: Wire): Wire {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('sandbox_'))) as Wire
}
