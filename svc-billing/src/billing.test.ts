import { afterAll, beforeAll, expect, test } from 'bun:test'
import { entitlements } from '@accord/contracts/call/billing'
import { type MemberId, newId, toUuid } from '@accord/contracts/id'
import { encodeCursor } from '@accord/kit/http/cursor'
import Stripe from 'stripe'
import { startBilling, type TestBilling } from './fixture/billing.sample.ts'
import { graceMs } from './subscription/rules.ts'

let billing: TestBilling
beforeAll(async () => {
  billing = await startBilling()
})
afterAll(() => billing.stop())

const checkout = (memberId: MemberId, plan: string) =>
  billing.request({
    method: 'POST',
    path: '/api/v1/billing/checkout',
    actor: billing.memberOf(memberId),
    body: { plan },
  })
const subscription = (memberId: MemberId) =>
  billing.request({ method: 'GET', path: '/api/v1/billing/subscription', actor: billing.memberOf(memberId) })

const portalOf = async (memberId: MemberId) => {
  const actor = billing.memberOf(memberId)
  return (await billing.request({ method: 'POST', path: '/api/v1/billing/portal', actor })).body.url
}

async function deliverAll(count: number): Promise<void> {
  for (const delivery of await billing.webhooks(count)) await billing.deliver(delivery)
}

async function subscribe(memberId: MemberId, plan: string): Promise<void> {
  const opened = await checkout(memberId, plan)
  expect(opened.status).toBe(201)
  await billing.pay(opened.body.url)
  for (const delivery of await billing.webhooks(3)) expect((await billing.deliver(delivery)).status).toBe(200)
}

test('anybody may see the plans; prices are minor units with a currency', async () => {
  const { status, body } = await billing.request({ method: 'GET', path: '/api/v1/billing/plans' })
  expect(status).toBe(200)
  expect(body.data.map((plan: { id: string }) => plan.id)).toEqual(['free', 'plus', 'signature'])
  expect(body.data[1].price).toEqual({ amountMinor: 1900, currency: 'eur', interval: 'month' })
})

test('webhooks delivered three times, out of order and at once, are applied once', async () => {
  const memberId = newId('mem')
  const before = await billing.published()
  const opened = await checkout(memberId, 'plus')
  await billing.pay(opened.body.url)
  const deliveries = (await billing.webhooks(3)).reverse()
  const answers = await Promise.all([...deliveries, ...deliveries, ...deliveries].map(billing.deliver))
  expect(answers.map(({ status }) => status)).toEqual(Array(9).fill(200))
  expect(answers.filter(({ body }) => body.outcome === 'applied')).toHaveLength(3)

  const { body } = await subscription(memberId)
  expect(body).toMatchObject({ plan: 'plus', status: 'active', cancelAtPeriodEnd: false })
  const ledger = await billing.base.db.primary
    .selectFrom('ledger')
    .selectAll()
    .where('member_id', '=', toUuid(memberId))
    .execute()
  expect(ledger).toMatchObject([{ kind: 'charge', amount_minor: 1900, currency: 'eur' }])
  expect((await billing.published()) - before).toBe(1)
})

test('a webhook that Stripe did not sign changes nothing', async () => {
  const answer = await billing.deliver({
    body: '{"id":"evt_1","type":"invoice.paid"}',
    signature: 't=1,v1=00',
  })
  expect(answer).toMatchObject({ status: 400, body: { code: 'signature_invalid' } })
})

test('two clicks at once open one payment page', async () => {
  const memberId = newId('mem')
  const pages = await Promise.all([1, 2, 3].map(() => checkout(memberId, 'plus')))
  expect(new Set(pages.map(({ body }) => body.url)).size).toBe(1)
})

test('opening the page for another plan closes the first, so that nobody pays twice', async () => {
  const memberId = newId('mem')
  const first = await checkout(memberId, 'plus')
  const second = await checkout(memberId, 'signature')
  expect(second.body.url).not.toBe(first.body.url)
  expect(await (await fetch(first.body.url)).text()).toContain('This checkout is closed')
  await billing.webhooks(1)
})

test('a subscriber is sent to the portal, not to a second checkout', async () => {
  const memberId = newId('mem')
  await subscribe(memberId, 'plus')
  expect(await checkout(memberId, 'signature')).toMatchObject({
    status: 409,
    body: { code: 'already_subscribed' },
  })
  const portal = await billing.request({
    method: 'POST',
    path: '/api/v1/billing/portal',
    actor: billing.memberOf(memberId),
  })
  expect(portal.status).toBe(200)
  expect(await (await fetch(portal.body.url)).text()).toContain('plus')
})

test('the free plan cannot be bought, and there is no portal without a customer', async () => {
  const memberId = newId('mem')
  expect(await checkout(memberId, 'free')).toMatchObject({ status: 422, body: { code: 'plan_unknown' } })
  const portal = await billing.request({
    method: 'POST',
    path: '/api/v1/billing/portal',
    actor: billing.memberOf(memberId),
  })
  expect(portal).toMatchObject({ status: 409, body: { code: 'no_subscription' } })
})

test('entitlements follow what was paid', async () => {
  const memberId = newId('mem')
  const match = await billing.nats.connect('match')
  const ask = async () => {
    const reply = await match.request(entitlements.subject, JSON.stringify({ memberId }))
    return reply.json<{ entitlements: { plan: string; dailyLikes: number | null } }>().entitlements
  }
  expect(await ask()).toMatchObject({ plan: 'free', dailyLikes: 20 })
  await subscribe(memberId, 'signature')
  expect(await ask()).toMatchObject({ plan: 'signature', dailyLikes: null })
  await match.close()
})

test('a member sees the own invoices only, in pages', async () => {
  const [mine, other] = [newId('mem'), newId('mem')]
  await subscribe(mine, 'plus')
  const list = (memberId: MemberId) =>
    billing.request({ method: 'GET', path: '/api/v1/billing/invoices', actor: billing.memberOf(memberId) })
  const own = await list(mine)
  expect(own.body.data).toHaveLength(1)
  expect(own.body.data[0]).toMatchObject({ amountMinor: 1900, currency: 'eur', status: 'paid' })
  expect((await list(other)).body.data).toEqual([])
})

test('what a member who leaves still pays for is ended', async () => {
  const memberId = newId('mem')
  await subscribe(memberId, 'plus')
  await billing.memberLeaves(memberId)
  for (const delivery of await billing.webhooks(1)) await billing.deliver(delivery)
  expect((await subscription(memberId)).body).toMatchObject({ plan: 'free', status: 'canceled' })
})

test('a renewal that fails keeps the plan for the grace, and no second page opens while Stripe tries again', async () => {
  const memberId = newId('mem')
  await subscribe(memberId, 'plus')
  const { currentPeriodEnd } = (await subscription(memberId)).body
  const portal = await portalOf(memberId)
  billing.clock.set(new Date(currentPeriodEnd))
  await billing.act(portal, 'fail')
  await deliverAll(2)
  expect((await subscription(memberId)).body).toMatchObject({
    plan: 'plus',
    status: 'past_due',
    currentPeriodEnd,
  })
  billing.clock.advance(graceMs)
  expect((await subscription(memberId)).body).toMatchObject({ plan: 'free' })
  expect(await checkout(memberId, 'plus')).toMatchObject({
    status: 409,
    body: { code: 'already_subscribed' },
  })
  await billing.act(portal, 'renew')
  await deliverAll(2)
  expect((await subscription(memberId)).body).toMatchObject({ plan: 'plus', status: 'active' })
})

test('a subscription whose end was never told is looked up before a new page opens', async () => {
  const memberId = newId('mem')
  await subscribe(memberId, 'plus')
  await billing.act(await portalOf(memberId), 'cancel_now')
  await billing.webhooks(1)
  expect((await checkout(memberId, 'plus')).status).toBe(201)
})

test('a page that was paid, of which no webhook has told, is taken over by the next click', async () => {
  const memberId = newId('mem')
  await billing.pay((await checkout(memberId, 'plus')).body.url)
  await billing.webhooks(3)
  for (const plan of ['plus', 'signature']) {
    expect(await checkout(memberId, plan)).toMatchObject({
      status: 409,
      body: { code: 'already_subscribed' },
    })
  }
  expect((await subscription(memberId)).body).toMatchObject({ plan: 'plus' })
})

test('a subscription that was over before it was heard of is not announced', async () => {
  const memberId = newId('mem')
  const before = await billing.published()
  await billing.pay((await checkout(memberId, 'plus')).body.url)
  await billing.act(await portalOf(memberId), 'cancel_now')
  await deliverAll(4)
  expect((await subscription(memberId)).body).toMatchObject({ plan: 'free' })
  expect(await billing.published()).toBe(before)
})

test('a member who left can pay no page that is still open, and opens none', async () => {
  const memberId = newId('mem')
  const { url } = (await checkout(memberId, 'plus')).body
  await billing.memberLeaves(memberId)
  await deliverAll(1)
  expect(await (await fetch(url)).text()).toContain('This checkout is closed')
  expect(await checkout(memberId, 'plus')).toMatchObject({ status: 403, body: { code: 'account_closed' } })
})

test('a subscription of which no webhook has told ends with the member who left', async () => {
  const memberId = newId('mem')
  await billing.pay((await checkout(memberId, 'plus')).body.url)
  const early = await billing.webhooks(3)
  await billing.memberLeaves(memberId)
  for (const delivery of [...early, ...(await billing.webhooks(1))]) await billing.deliver(delivery)
  expect((await subscription(memberId)).body).toMatchObject({ plan: 'free' })
  const stripe = new Stripe('sk_test_billing', {
    host: '127.0.0.1',
    port: new URL(billing.sandboxUrl).port,
    protocol: 'http',
  })
  const row = await billing.base.db.primary
    .selectFrom('customers')
    .select('stripe_customer_id')
    .where('member_id', '=', toUuid(memberId))
    .executeTakeFirstOrThrow()
  expect(await stripe.customers.retrieve(row.stripe_customer_id)).toMatchObject({ deleted: true })
})

test('a cursor that is none is refused by name', async () => {
  const actor = billing.memberOf(newId('mem'))
  for (const values of [
    ['nonsense', 'in_1'],
    ['-200000-01-01T00:00:00.000Z', 'in_1'],
    ['2026-99-01T00:00:00.000Z', 'in_1'],
    ['2026-01-01T00:00:00.000Z', '\u0000'],
  ]) {
    const path = `/api/v1/billing/invoices?cursor=${encodeCursor(values)}`
    const answer = await billing.request({ method: 'GET', path, actor })
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } })
  }
})

test('nobody signed in: every own page is refused', async () => {
  for (const path of ['subscription', 'invoices']) {
    const answer = await billing.request({ method: 'GET', path: `/api/v1/billing/${path}` })
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
  }
})
