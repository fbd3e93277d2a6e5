import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { hashOfDocument, type ServiceDocument } from '@accord/kit/http/document'
import { operation, routes } from '@accord/kit/http/operation'
import { createLogger } from '@accord/kit/log'
import { Type } from '@sinclair/typebox'
import { startTestGateway, type TestGateway } from '../fixture/gateway.sample.ts'
import { billingSample, matchSample, serve } from '../fixture/service.sample.ts'
import { startDiscovery } from './discovery.ts'

/** The first test to come starts the shared servers. */
const serversStartMs = 60_000
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
}, serversStartMs)
afterAll(() => gateway.stop())

const hashOf = (document: object) => hashOfDocument(document as ServiceDocument)
const chatOperation = (id: string, path: string) =>
  routes().get(
    path,
    () => ({ done: true }),
    operation({
      id,
      access: 'public',
      summary: 'Anything',
      response: { 200: Type.Object({ done: Type.Boolean() }) },
    }),
  )
const statusOf = async (path: string) => (await gateway.fetch(path)).status

describe('discovery', () => {
  test('a service that appears is served, and once it is gone answers 503, not 404', async () => {
    expect(await statusOf('/api/v1/matches/open')).toBe(404)
    const match = await serve(gateway, 'match', matchSample())
    expect(await statusOf('/api/v1/matches/open')).toBe(200)

    await match.stop()
    const gone = await gateway.fetch('/api/v1/matches/open')
    expect(await gone.json()).toMatchObject({ status: 503, code: 'unavailable' })
    expect(gone.headers.get('retry-after')).toBe('2')
  })

  test('a gateway that starts while a service is down knows what it would answer', async () => {
    const nats = await gateway.nats.connect('gateway')
    const other = startDiscovery({ nats, log: createLogger({ service: 'gateway', level: 'silent' }) })
    await other.ready
    expect(other.current().table.byId('getOpen')?.service).toBe('match')
    await other.stop()
  })

  test('a document that takes another’s operation id is refused, and the last good one stays', async () => {
    const good = await serve(gateway, 'chat', chatOperation('getGood', '/api/v1/conversations/good'))
    expect(await statusOf('/api/v1/conversations/good')).toBe(200)
    await good.stop()

    const bad = await serve(gateway, 'chat', chatOperation('getOpen', '/api/v1/conversations/bad'))
    expect(await statusOf('/api/v1/conversations/bad')).toBe(404)
    expect(await statusOf('/api/v1/conversations/good')).toBe(503)
    const refusal = gateway.lines.find((line) => line.message.startsWith('document refused'))
    expect(JSON.stringify(refusal)).toContain('getOpen is an operation of both')
    await bad.stop()

    const better = await serve(gateway, 'chat', chatOperation('getBetter', '/api/v1/conversations/better'))
    expect(await statusOf('/api/v1/conversations/better')).toBe(200)
    expect(await statusOf('/api/v1/conversations/good')).toBe(404)
    await better.stop()
  })

  test('a document that reaches into another’s paths, or leaves access open, is refused', async () => {
    // Kit would not start with these; a service need not be built on it.
    const notify = await gateway.nats.connect('notify')
    const operationAt = (path: string, rules: unknown) => ({
      paths: { [path]: { get: { operationId: 'getStolen', 'x-accord': rules, responses: {} } } },
    })
    const rules = { access: 'public', rate: 'default', maxBodyBytes: 0 }
    let document: object = {}
    const endpoint = () => ({
      subject: 'http.notify.openapi',
      metadata: { 'openapi-hash': hashOf(document) },
    })
    notify.subscribe('$SRV.INFO', {
      callback: (_, message) =>
        void message.respond(JSON.stringify({ name: 'notify', id: 'liar', endpoints: [endpoint()] })),
    })
    notify.subscribe('http.notify.openapi', {
      callback: (_, message) => void message.respond(JSON.stringify(document)),
    })
    await notify.flush()
    for (const [path, given] of [
      ['/api/v1/auth/stolen', rules],
      ['/api/v1/notifications/stolen', undefined],
    ] as const) {
      document = operationAt(path, given)
      await gateway.running.refreshRoutes()
      expect(await statusOf(path)).toBe(404)
      expect(gateway.lines.some((line) => line.hash === hashOf(document))).toBe(true)
    }
    await notify.close()
  })

  test('a service that does not give its document, or one that cannot be read, holds up nobody else', async () => {
    const notify = await gateway.nats.connect('notify')
    const info = { name: 'notify', id: 'mute', endpoints: [] as object[] }
    const offer = (hash: string) => {
      info.endpoints = [{ subject: 'http.notify.openapi', metadata: { 'openapi-hash': hash } }]
    }
    notify.subscribe('$SRV.INFO', {
      callback: (_, message) => void message.respond(JSON.stringify(info)),
    })
    offer('never to be had')
    await notify.flush()
    const chat = await serve(gateway, 'chat', chatOperation('getBeside', '/api/v1/conversations/beside'))
    expect(await statusOf('/api/v1/conversations/beside')).toBe(200)
    await chat.stop()

    const broken = { paths: { '/api/v1/notifications': { get: null } } }
    notify.subscribe('http.notify.openapi', {
      callback: (_, message) => void message.respond(JSON.stringify(broken)),
    })
    offer(hashOf(broken))
    await notify.flush()
    await gateway.running.refreshRoutes()
    expect(gateway.lines.some((line) => line.hash === hashOf(broken))).toBe(true)
    await notify.close()
  })

  test('a document that does not go together with the others is refused, and the merged one stays', async () => {
    const notify = await gateway.nats.connect('notify')
    const rules = { access: 'public', rate: 'default', maxBodyBytes: 0 }
    const meanings = ['string', 'integer', 'boolean'].map((type, index) => [
      String(200 + index),
      { description: type, content: { 'application/json': { schema: { $id: 'Ambiguous', type } } } },
    ])
    const responses = Object.fromEntries(meanings)
    const document = {
      paths: {
        '/api/v1/notifications': { get: { operationId: 'getAmbiguous', 'x-accord': rules, responses } },
      },
    }
    const endpoint = { subject: 'http.notify.openapi', metadata: { 'openapi-hash': hashOf(document) } }
    notify.subscribe('$SRV.INFO', {
      callback: (_, message) =>
        void message.respond(JSON.stringify({ name: 'notify', id: 'unclear', endpoints: [endpoint] })),
    })
    notify.subscribe('http.notify.openapi', {
      callback: (_, message) => void message.respond(JSON.stringify(document)),
    })
    await notify.flush()
    await gateway.running.refreshRoutes()
    expect(await statusOf('/api/v1/notifications')).toBe(404)
    expect(await statusOf('/openapi.json')).toBe(200)
    await notify.close()
  })

  test('while instances do not agree on a document, nothing changes', async () => {
    const one = await serve(gateway, 'billing', billingSample())
    const two = await serve(
      gateway,
      'billing',
      routes().get(
        '/api/v1/billing/next',
        () => ({ done: true }),
        operation({
          id: 'getNext',
          access: 'public',
          summary: 'The next version',
          response: { 200: Type.Object({ done: Type.Boolean() }) },
        }),
      ),
    )
    expect(await statusOf('/api/v1/billing/next')).toBe(404)
    await one.stop()
    await gateway.running.refreshRoutes()
    expect(await statusOf('/api/v1/billing/next')).toBe(200)
    await two.stop()
  })
})
