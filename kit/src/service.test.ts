import { afterAll, beforeAll, expect, test } from 'bun:test'
import { snapshot } from '@accord/contracts/call/identity'
import { matchOf } from '@accord/contracts/call/match'
import {
  startTestNats,
  startTestService,
  type TestNats,
  type TestService,
  testActor,
} from '@accord/stack/harness'
import type { NatsConnection } from '@nats-io/nats-core'
import { Type } from '@sinclair/typebox'
import { answer, createCaller } from './call.ts'
import type { KitTables } from './db/tables.ts'
import { createServiceApp } from './http/app.ts'
import { operation, routes } from './http/operation.ts'
import { createLogger } from './log.ts'
import type { ServiceBase } from './service.ts'

const Greeting = Type.Object({ to: Type.String(), words: Type.String() })

const greetingRoutes = () =>
  routes()
    .post(
      '/api/v1/matches/greetings',
      ({ body, caller }) => ({ to: caller.actor.memberId, words: body.words }),
      operation({
        id: 'greet',
        access: 'member',
        summary: 'Greet',
        body: Type.Object({ words: Type.String({ maxLength: 20 }) }),
        response: { 201: Greeting },
      }),
    )
    .get(
      '/api/v1/matches/failure',
      () => {
        throw new Error('the password is hunter2')
      },
      operation({ id: 'failGreeting', access: 'public', summary: 'Fail', response: { 200: Greeting } }),
    )

const parts = (base: ServiceBase) => ({
  app: createServiceApp({ ...base, service: 'match' }).use(greetingRoutes()),
  answers: [answer(matchOf, async () => matchOf.samples.response)],
})

let nats: TestNats
let service: TestService<KitTables>
let operator: NatsConnection

beforeAll(async () => {
  nats = await startTestNats()
  ;[service, operator] = await Promise.all([
    startTestService<KitTables>({
      name: 'match',
      migrations: `${import.meta.dir}/fixture/migrations`,
      nats,
      start: parts,
      log: createLogger({ service: 'match', level: 'silent' }),
    }),
    nats.connect('operator'),
  ])
}, 60_000)
afterAll(async () => {
  await service?.stop()
  await nats?.stop()
})

async function ask(subject: string) {
  return (await operator.request(subject, '', { timeout: 2000 })).json<Record<string, unknown>>()
}

test('an operation is asked over NATS as its actor', async () => {
  const actor = testActor()
  const greeted = await service.request({
    method: 'POST',
    path: '/api/v1/matches/greetings',
    body: { words: 'hello' },
    actor,
  })
  expect(greeted).toMatchObject({ status: 201, body: { to: actor.memberId, words: 'hello' } })
})

test('what an operation throws stays inside', async () => {
  const failed = await service.request({ method: 'GET', path: '/api/v1/matches/failure' })
  expect(failed.status).toBe(500)
  expect(failed.body).toMatchObject({ code: 'internal', requestId: expect.any(String) })
  expect(JSON.stringify(failed)).not.toContain('hunter2')
})

test('the service protocol tells what there is, and how it goes', async () => {
  const ping = await ask('$SRV.PING.match')
  expect(ping).toMatchObject({
    type: 'io.nats.micro.v1.ping_response',
    name: 'match',
    id: service.base.instance,
  })

  const info = await ask(`$SRV.INFO.match.${service.base.instance}`)
  expect(info).toMatchObject({ type: 'io.nats.micro.v1.info_response', version: service.base.version })
  expect(info.endpoints).toContainEqual({
    name: 'greet',
    subject: 'http.match.greet',
    queue_group: 'match',
    metadata: expect.objectContaining({
      kind: 'http',
      method: 'POST',
      path: '/api/v1/matches/greetings',
      access: 'member',
      'openapi-hash': expect.stringMatching(/^[0-9a-f]{32}$/),
    }),
  })
  expect(info.endpoints).toContainEqual(expect.objectContaining({ subject: 'rpc.match.match' }))

  await service.request({ method: 'GET', path: '/api/v1/matches/failure' })
  const stats = await ask('$SRV.STATS.match')
  const failing = (stats.endpoints as { name: string; [key: string]: unknown }[]).find(
    (endpoint) => endpoint.name === 'failGreeting',
  )
  expect(failing).toMatchObject({ num_requests: 2, num_errors: 2, last_error: 'answered 500' })
  expect(failing?.processing_time).toBeGreaterThan(0)
  expect(Number.isInteger(failing?.processing_time)).toBe(true)
  expect(Number.isInteger(failing?.average_processing_time)).toBe(true)
})

test('the document is had on its own subject', async () => {
  const gateway = await nats.connect('gateway')
  const document = (await gateway.request('http.match.openapi')).json<typeof service.responder.document>()
  expect(document).toEqual(service.responder.document)
})

test('internal calls are answered, and nobody is unavailable at once', async () => {
  const call = createCaller(await nats.connect('chat'), {
    log: createLogger({ service: 'chat', level: 'silent' }),
  })
  expect(await call(matchOf, matchOf.samples.request)).toEqual(matchOf.samples.response)

  const asMatch = createCaller(service.base.nats, { log: service.base.log })
  expect(asMatch(snapshot, snapshot.samples.request)).rejects.toMatchObject({ code: 'unavailable' })
})

test('health, readiness and metrics are on a private port', async () => {
  const at = (path: string) => fetch(`http://127.0.0.1:${service.port}${path}`)
  expect((await at('/healthz')).status).toBe(200)
  expect(await (await at('/readyz')).json()).toEqual({ state: 'ready', missing: {} })
  const text = await (await at('/metrics')).text()
  expect(text).toContain('accord_http_requests_total{operation="greet",status="2xx"}')
  expect(text).toContain('accord_nodejs_eventloop_lag_seconds')
})
