import { afterAll, beforeAll, expect, test } from 'bun:test'
import { entitlements } from '@accord/contracts/call/billing'
import { type MemberId, newId, toUuid } from '@accord/contracts/id'
import { startBilling, type TestBilling } from './fixture/billing.sample.ts'

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

test('nobody signed in: every own page is refused', async () => {
  for (const path of ['subscription', 'invoices']) {
    const answer = await billing.request({ method: 'GET', path: `/api/v1/billing/${path}` })
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
  }
})
