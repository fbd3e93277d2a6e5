import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Stripe from 'stripe'
import { type RunningSandbox, startSandbox } from './server.ts'

const apiKey = 'sk_test_of_this_file'
const webhookSecret = 'whsec_of_this_file'
const dataDir = mkdtempSync(join(tmpdir(), 'accord-sandbox-'))
const stripe = new Stripe(apiKey)
let received: { event: Stripe.Event; answer: number }[] = []
let refuseFirst = 0
let arrived: (() => void)[] = []

const receiver = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  async fetch(request) {
    const signature = request.headers.get('stripe-signature') ?? ''
    const event = await stripe.webhooks.constructEventAsync(await request.text(), signature, webhookSecret)
    const answer = refuseFirst-- > 0 ? 503 : 200
    received.push({ event, answer })
    for (const wake of arrived) wake()
    return new Response(null, { status: answer })
  },
})

let sandbox: RunningSandbox
let client: Stripe

beforeAll(() => start())
afterAll(async () => {
  await sandbox.stop()
  await receiver.stop(true)
  rmSync(dataDir, { recursive: true })
})

function start(): void {
  sandbox = startSandbox({ port: 0, apiKey, webhookSecret, webhookUrl: receiver.url.href, dataDir })
  const { hostname, port } = new URL(sandbox.url)
  client = new Stripe(apiKey, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => arrived.push(resolve))
  arrived = []
}

async function openCheckout(): Promise<Stripe.Checkout.Session> {
  const customer = await client.customers.create({ email: 'a@example.org' })
  return client.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    client_reference_id: 'mem_1',
    success_url: 'http://localhost/done?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost/back',
    subscription_data: { metadata: { plan: 'plus' } },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: 'eur',
          unit_amount: 1900,
          recurring: { interval: 'month' },
          product_data: { name: 'Plus' },
        },
      },
    ],
  })
}

async function paidCheckout(): Promise<Stripe.Checkout.Session> {
  const session = await openCheckout()
  const page = await fetch(session.url ?? '')
  expect(await page.text()).toContain('€19.00')
  const click = await fetch(session.url ?? '', {
    method: 'POST',
    body: new URLSearchParams({ outcome: 'paid' }),
    redirect: 'manual',
  })
  expect(click.headers.get('location')).toBe(`http://localhost/done?session=${session.id}`)
  return client.checkout.sessions.retrieve(session.id)
}

test('a paid checkout makes a subscription and an invoice, and signed events say so', async () => {
  received = []
  const session = await paidCheckout()
  expect(session.status).toBe('complete')
  const subscription = await client.subscriptions.retrieve(String(session.subscription))
  expect(subscription.status).toBe('active')
  expect(subscription.metadata).toEqual({ plan: 'plus' })
  expect(subscription.items.data[0]?.current_period_end).toBeGreaterThan(subscription.created)
  await until(() => received.length === 3)
  expect(received.map(({ event }) => event.type).sort()).toEqual([
    'checkout.session.completed',
    'customer.subscription.created',
    'invoice.paid',
  ])
})

test('an event that was not accepted comes again', async () => {
  received = []
  refuseFirst = 1
  await paidCheckout()
  await until(() => received.length === 4)
  const refused = received.find(({ answer }) => answer === 503)
  expect(received.filter(({ event }) => event.id === refused?.event.id).map(({ answer }) => answer)).toEqual([
    503, 200,
  ])
})

test('a second click on the pay button does not charge again', async () => {
  const session = await paidCheckout()
  await fetch(`${sandbox.url}/pay/${session.id}`, {
    method: 'POST',
    body: new URLSearchParams({ outcome: 'paid' }),
    redirect: 'manual',
  })
  const again = await client.checkout.sessions.retrieve(session.id)
  expect(again.subscription).toBe(session.subscription)
})

test('two clicks at once charge once', async () => {
  received = []
  const session = await openCheckout()
  const body = 'outcome=paid'
  // The first click is there, but for its body, while the second one is answered.
  const url = new URL(session.url ?? '')
  const { promise: answered, resolve } = Promise.withResolvers<void>()
  const slow = await Bun.connect({
    hostname: url.hostname,
    port: Number(url.port),
    socket: { data: () => resolve(), error() {} },
  })
  slow.write(
    `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  slow.flush()
  await fetch(url, { method: 'POST', body: new URLSearchParams(body), redirect: 'manual' })
  const { subscription } = await client.checkout.sessions.retrieve(session.id)
  slow.write(body)
  await answered
  slow.end()
  expect((await client.checkout.sessions.retrieve(session.id)).subscription).toBe(subscription)
})

test('the same idempotency key gives the same object, and refuses other parameters', async () => {
  const options = { idempotencyKey: 'key-1' }
  const first = await client.customers.create({ email: 'b@example.org' }, options)
  expect((await client.customers.create({ email: 'b@example.org' }, options)).id).toBe(first.id)
  await expect(client.customers.create({ email: 'c@example.org' }, options)).rejects.toThrow(
    'same parameters',
  )
})

test('a wrong key and an unknown object are refused as Stripe refuses them', async () => {
  const { hostname, port } = new URL(sandbox.url)
  const stranger = new Stripe('sk_test_other', {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
  })
  await expect(stranger.customers.create({})).rejects.toThrow('Invalid API Key')
  await expect(client.subscriptions.retrieve('sub_none')).rejects.toThrow('No such subscription')
})

test('what was made survives a restart', async () => {
  const session = await paidCheckout()
  await sandbox.stop()
  start()
  expect((await client.checkout.sessions.retrieve(session.id)).status).toBe('complete')
})

test('a member can end a subscription in the portal and take it back', async () => {
  const session = await paidCheckout()
  const portal = await client.billingPortal.sessions.create({
    customer: String(session.customer),
    return_url: 'http://localhost/',
  })
  const act = (action: string) =>
    fetch(portal.url, {
      method: 'POST',
      body: new URLSearchParams({ subscription: String(session.subscription), action }),
      redirect: 'manual',
    })
  await act('cancel')
  expect((await client.subscriptions.retrieve(String(session.subscription))).cancel_at_period_end).toBe(true)
  await act('resume')
  expect((await client.subscriptions.retrieve(String(session.subscription))).cancel_at_period_end).toBe(false)
})

test('a renewal that fails begins the next month unpaid, and is paid by the next try', async () => {
  const session = await paidCheckout()
  const { url } = await client.billingPortal.sessions.create({
    customer: String(session.customer),
    return_url: 'http://localhost/',
  })
  const act = (action: string) =>
    fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ subscription: String(session.subscription), action }),
      redirect: 'manual',
    })
  const now = async () => {
    const found = await client.subscriptions.retrieve(String(session.subscription))
    const invoice = await client.invoices.retrieve(String(found.latest_invoice))
    return {
      status: found.status,
      period: found.items.data[0]?.current_period_start,
      invoice: invoice.status,
    }
  }
  const { period } = await now()
  await act('fail')
  const failed = await now()
  expect(failed).toMatchObject({ status: 'past_due', invoice: 'open' })
  expect(failed.period).toBeGreaterThan(period ?? 0)
  await act('renew')
  expect(await now()).toEqual({ status: 'active', invoice: 'paid', period: failed.period })
})

test('a deleted customer pays nothing any more, and is not found', async () => {
  const session = await paidCheckout()
  const customer = String(session.customer)
  await client.customers.del(customer)
  expect((await client.subscriptions.retrieve(String(session.subscription))).status).toBe('canceled')
  await expect(client.customers.del(customer)).rejects.toThrow('No such customer')
  await expect(client.subscriptions.cancel(String(session.subscription))).rejects.toThrow('No such sub')
})
