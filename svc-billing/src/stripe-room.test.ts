import { expect, test } from 'bun:test'
import { entitlements } from '@accord/contracts/call/billing'
import { newId } from '@accord/contracts/id'
import { createCaller } from '@accord/kit/call'
import { createLogger } from '@accord/kit/log'
import { startTestService, testActor } from '@accord/stack/harness'
import type { Database } from './db.ts'
import { billingParts } from './service.ts'
import { createStripe } from './stripe.ts'

test('while Stripe does not answer, entitlements do', async () => {
  let asked: () => void = () => {}
  const busy = new Promise<void>((resolve) => (asked = resolve))
  const silent = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data: () => asked() } })
  const service = await startTestService<Database>({
    name: 'billing',
    log: createLogger({ service: 'billing', level: 'silent' }),
    migrations: new URL('../migrations', import.meta.url).href,
    start: (base) =>
      billingParts(base, {
        PUBLIC_URL: 'http://localhost:8080',
        STRIPE_API_KEY: 'sk_test_silent',
        STRIPE_WEBHOOK_SECRET: 'whsec_silent',
        STRIPE_API_URL: `http://127.0.0.1:${silent.port}`,
      }),
  })
  const { webhooks } = createStripe('sk_test_silent')
  const deliver = async () => {
    const data = { object: { id: newId('sub'), customer: newId('mem') } }
    const payload = JSON.stringify({ id: newId('evt'), type: 'customer.subscription.updated', data })
    const signature = await webhooks.generateTestHeaderStringAsync({ payload, secret: 'whsec_silent' })
    return service.request({
      method: 'POST',
      path: '/api/v1/billing/webhooks/stripe',
      body: payload,
      headers: { 'stripe-signature': signature },
    })
  }
  const deliveries = Promise.allSettled(Array.from({ length: 20 }, deliver))
  await busy
  const call = createCaller(await service.nats.connect('match'), { log: service.base.log })
  const memberId = newId('mem')
  expect((await call(entitlements, { memberId })).entitlements.plan).toBe('free')
  const own = await service.request({
    method: 'GET',
    path: '/api/v1/billing/subscription',
    actor: testActor({ memberId }),
  })
  expect(own.status).toBe(200)
  silent.stop(true)
  await deliveries
  await service.stop()
}, 60_000)
