import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { startTestNats, type TestNats } from '@accord/stack/harness'
import type { NatsConnection } from '@nats-io/nats-core'
import { Type } from '@sinclair/typebox'
import type { AnyElysia } from 'elysia'
import { testApp } from '../fixture/app.sample.ts'
import { createLogger } from '../log.ts'
import { operation, routes } from './operation.ts'
import { type ResponderOptions, startResponder } from './responder.ts'
import { decodeResponse, encodeRequest, type WireRequest } from './wire.ts'

const log = createLogger({ service: 'chat', level: 'silent' })
const Named = Type.Object({ name: Type.String() })
const base = { access: 'public', summary: 'Test', response: { 200: Named } } as const

let nats: TestNats
let chat: NatsConnection
let gateway: NatsConnection
beforeAll(async () => {
  nats = await startTestNats()
  ;[chat, gateway] = await Promise.all([nats.connect('chat'), nats.connect('gateway')])
}, 30_000)
afterAll(() => nats?.stop())

const serve = (app: AnyElysia, more: Partial<ResponderOptions> = {}) =>
  startResponder({ nats: chat, service: 'chat', version: '1.0.0', app, log, ...more })

async function send(operationId: string, path: string, more: Partial<WireRequest> = {}) {
  const { headers, data } = encodeRequest({
    method: 'GET',
    target: `/api/v1/conversations${path}`,
    requestId: 'req-1',
    address: '192.0.2.1',
    headers: {},
    body: new Uint8Array(),
    ...more,
  })
  const reply = await gateway.request(`http.chat.${operationId}`, data, { headers, timeout: 5000 })
  const answer = decodeResponse(reply)
  const text = new TextDecoder().decode(answer.body)
  return { ...answer, body: text === '' ? null : JSON.parse(text) }
}

/** Handlers that wait until they are let go, by name. */
function gate() {
  const entered = new Map<string, PromiseWithResolvers<void>>()
  const left = new Map<string, PromiseWithResolvers<void>>()
  const of = (map: typeof entered, name: string) => {
    const known = map.get(name) ?? Promise.withResolvers<void>()
    map.set(name, known)
    return known
  }
  const app = testApp().app.use(
    routes().get(
      '/api/v1/conversations/:name',
      async ({ params: { name } }) => {
        of(entered, name).resolve()
        await of(left, name).promise
        return { name }
      },
      operation({ ...base, id: 'wait', params: Named }),
    ),
  )
  return {
    app,
    entered: (name: string) => of(entered, name).promise,
    release: (name: string) => of(left, name).resolve(),
  }
}

describe('requests', () => {
  test('are handled side by side: a slow one holds up nobody', async () => {
    const { app, entered, release } = gate()
    const responder = await serve(app)
    const slow = send('wait', '/slow')
    await entered('slow')
    release('quick')
    expect((await send('wait', '/quick')).body).toEqual({ name: 'quick' })
    release('slow')
    expect((await slow).body).toEqual({ name: 'slow' })
    await responder.stop()
  })
  test('beyond what may be at work and wait are refused, and say when to come back', async () => {
    const { app, entered, release } = gate()
    const responder = await serve(app, { concurrency: 1, queue: 1 })
    const first = send('wait', '/first')
    await entered('first')
    const second = send('wait', '/second')
    const third = await send('wait', '/third')
    expect(third).toMatchObject({
      status: 503,
      contentType: 'application/problem+json',
      headers: { 'retry-after': '1' },
      body: { code: 'unavailable', requestId: 'req-1' },
    })
    release('first')
    release('second')
    expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual([200, 200])
    await responder.stop()
  })
  test('that waited longer than anybody waits for them are not begun', async () => {
    const { app, entered, release } = gate()
    const responder = await serve(app, { concurrency: 1 })
    const first = send('wait', '/first')
    await entered('first')
    const late = send('wait', '/late', { timeoutMs: 0 })
    release('first')
    await first
    expect(await late).toMatchObject({ status: 504, body: { code: 'timed_out' } })
    await responder.stop()
  })
  test('in hand are finished when the service drains, and no others are begun', async () => {
    const { app, entered, release } = gate()
    const responder = await serve(app)
    const last = send('wait', '/last')
    await entered('last')
    const stopped = responder.stop()
    release('last')
    expect((await last).status).toBe(200)
    await stopped
    expect(send('wait', '/more')).rejects.toThrow()
  })
  test('of another operation than their subject names are not found', async () => {
    const responder = await serve(gate().app)
    const answer = await send('wait', '/a/b')
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
    await responder.stop()
  })
  test('that make no sense get a problem, not silence', async () => {
    const responder = await serve(gate().app)
    const reply = decodeResponse(await gateway.request('http.chat.wait', 'hello', { timeout: 2000 }))
    expect(reply.status).toBe(400)
    await responder.stop()
  })
})

describe('what a handler sees and sets', () => {
  test('is its caller, declared headers and cookies, and its answer’s headers and cookies', async () => {
    const app = testApp().app.use(
      routes().post(
        '/api/v1/conversations/echo',
        ({ caller, cookie, set, headers }) => {
          const token = cookie['__Secure-rt']?.value
          set.headers['cache-control'] = 'no-store'
          cookie['__Secure-rt']?.set({ value: 'fresh', httpOnly: true, path: '/api' })
          return {
            name: [
              caller.address,
              caller.userAgent,
              caller.sessionMode,
              headers['accord-session'],
              token,
            ].join(' '),
          }
        },
        operation({
          ...base,
          id: 'echo',
          headers: Type.Object({ 'accord-session': Type.Literal('cookie') }),
          cookies: ['__Secure-rt'],
          setsCookies: true,
        }),
      ),
    )
    const responder = await serve(app)
    const answer = await send('echo', '/echo', {
      method: 'POST',
      userAgent: 'Firefox',
      headers: { 'accord-session': 'cookie' },
      cookies: { '__Secure-rt': 'stale' },
    })
    expect(answer).toMatchObject({
      status: 200,
      body: { name: '192.0.2.1 Firefox cookie cookie stale' },
      headers: { 'cache-control': 'no-store' },
      setCookies: ['__Secure-rt=fresh; Path=/api; HttpOnly'],
    })
    await responder.stop()
  })
})

describe('a body that is too large for a message', () => {
  const big = 'x'.repeat(1_000_000)
  test('is an error of ours where the service may not write the bucket', async () => {
    const responder = await serve(
      testApp().app.use(
        routes().get('/api/v1/conversations', () => ({ name: big }), operation({ ...base, id: 'large' })),
      ),
    )
    expect(await send('large', '')).toMatchObject({ status: 500, body: { code: 'internal' } })
    await responder.stop()
  })
  test('goes through the object store where it may', async () => {
    const app = testApp().app.use(
      routes().get('/api/v1/users/export', () => ({ name: big }), operation({ ...base, id: 'large' })),
    )
    const identity = await nats.connect('identity')
    const responder = await serve(app, { nats: identity, service: 'identity' })
    const { headers, data } = encodeRequest({
      method: 'GET',
      target: '/api/v1/users/export',
      requestId: 'req-1',
      address: '',
      headers: {},
      body: new Uint8Array(),
    })
    const answer = decodeResponse(
      await gateway.request('http.identity.large', data, { headers, timeout: 5000 }),
    )
    expect(answer).toMatchObject({ status: 200, contentType: 'application/json' })
    expect(answer.object).toStartWith('upl_')
    await responder.stop()
  })
})

describe('a service does not start', () => {
  test('with a path that belongs to another', () => {
    const app = testApp().app.use(
      routes().get('/api/v1/users/x', () => ({ name: '' }), operation({ ...base, id: 'foreign' })),
    )
    expect(serve(app)).rejects.toThrow('These paths do not belong to chat: GET /api/v1/users/x')
  })
  test('with an operation without an access rule', () => {
    const app = testApp().app.get('/api/v1/conversations', () => 'x')
    expect(serve(app)).rejects.toThrow('GET /api/v1/conversations declares no access rule')
  })
})
