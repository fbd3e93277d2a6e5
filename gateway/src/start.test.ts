import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { systemClock } from '@accord/kit/clock'
import { createLogger } from '@accord/kit/log'
import { gatewayConfig } from './config.ts'
import { startTestGateway, type TestGateway } from './fixture/gateway.sample.ts'
import { matchSample, serve } from './fixture/service.sample.ts'
import { startGateway } from './start.ts'

const log = createLogger({ service: 'gateway', level: 'silent' })
/** The first test to come starts the shared servers. */
const serversStartMs = 60_000
let gateway: TestGateway
let asked: PromiseWithResolvers<void>
let finish: PromiseWithResolvers<void>
beforeAll(async () => {
  gateway = await startTestGateway()
  asked = Promise.withResolvers()
  finish = Promise.withResolvers()
  const slow = async () => {
    asked.resolve()
    await finish.promise
  }
  await serve(gateway, 'match', matchSample({ slow }))
}, serversStartMs)
afterAll(() => gateway.stop())

describe('the gateway', () => {
  test('serves its documents and pages under a policy without inline script or foreign sources', async () => {
    const docs = await gateway.fetch('/docs')
    const policy = docs.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
    const page = await docs.text()
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '')
    expect(loaded.length).toBeGreaterThan(3)
    for (const path of loaded) expect((await gateway.fetch(path)).status, path).toBe(200)
    expect(page).not.toMatch(/<script>/)

    const landing = await gateway.fetch('/')
    expect(await landing.text()).toContain('href="/docs"')
  })

  test('serves one OpenAPI document, and not again to who has it', async () => {
    const first = await gateway.fetch('/openapi.json')
    const document = (await first.json()) as { openapi: string; paths: Record<string, unknown> }
    expect(document.openapi).toStartWith('3.1')
    expect(Object.keys(document.paths)).toContain('/api/v1/matches/seen')
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    expect((await gateway.fetch('/openapi.json', { headers })).status).toBe(304)
  })

  test('describes the events', async () => {
    const document = (await (await gateway.fetch('/asyncapi.json')).json()) as {
      asyncapi: string
      channels: Record<string, { address: string }>
    }
    expect(document.asyncapi).toBe('3.0.0')
    expect(document.channels['match.match.created']?.address).toBe('evt.match.match.created.{aggregateId}')
  })

  test('does not share a port that is taken', async () => {
    const { config, nats, redis } = gateway.running.gateway
    const taken = { ...config, PORT: gateway.running.port }
    await expect(startGateway({ config: taken, nats, redis, clock: systemClock, log })).rejects.toThrow(
      `${gateway.running.port} is taken`,
    )
  })

  test('finishes what it has begun before it ends, and says that it is not ready', async () => {
    expect((await gateway.fetch('/readyz')).status).toBe(200)
    const answer = gateway.fetch('/api/v1/matches/slow')
    await asked.promise
    const drained = gateway.running.drain()
    expect(gateway.running.notReady()).toContain('draining')
    await expect(gateway.fetch('/healthz')).rejects.toThrow()
    finish.resolve()
    expect((await answer).status).toBe(200)
    await drained
  })
})

test('in production a public address needs https', () => {
  const env = {
    NATS_URL: 'nats://127.0.0.1:4222',
    NATS_SEED: 'x',
    REDIS_URL: 'redis://127.0.0.1:6379',
    ACTOR_PRIVATE_KEY: '{}',
    MEDIA_SIGNING_KEY: 'x'.repeat(43),
    NODE_ENV: 'production',
  }
  expect(() => gatewayConfig({ ...env, PUBLIC_URL: 'http://accord.example' })).toThrow('https')
  expect(() => gatewayConfig({ ...env, PUBLIC_URL: 'https://accord.example' })).not.toThrow()
  expect(() => gatewayConfig({ ...env, PUBLIC_URL: 'http://localhost:8080' })).not.toThrow()
})
