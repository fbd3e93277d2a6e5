import { afterAll, beforeAll, expect, test } from 'bun:test'
import { testActor } from '@accord/stack/harness'
import { startTestGateway, type TestGateway } from '../fixture/gateway.sample.ts'
import { identitySample, matchSample, serve } from '../fixture/service.sample.ts'

/** The first test to come starts the shared servers. */
const serversStartMs = 60_000
let gateway: TestGateway
beforeAll(async () => {
  // Three requests of the common kind, one of a guessable.
  gateway = await startTestGateway({ RATE_LIMIT_SCALE: '0.01', TRUSTED_PROXIES: '127.0.0.1' })
  await serve(gateway, 'match', matchSample())
  await serve(gateway, 'identity', identitySample())
}, serversStartMs)
afterAll(() => gateway.stop())

const from = (address: string) => ({ 'x-forwarded-for': address })

test('a member has one budget, whatever the address; another member has another', async () => {
  const one = await gateway.signedIn(testActor())
  const ask = (headers: Record<string, string>) => gateway.fetch('/api/v1/matches/seen', { headers })
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
    expect((await ask({ ...one, ...from(address) })).status).toBe(200)

  const refused = await ask({ ...one, ...from('192.0.2.4') })
  expect(refused.status).toBe(429)
  expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
  expect(Number(refused.headers.get('retry-after'))).toBeWithin(1, 61)
  expect(refused.headers.get('ratelimit')).toStartWith('"default";r=0;')

  const other = await gateway.signedIn(testActor())
  expect((await ask({ ...other, ...from('192.0.2.4') })).status).toBe(200)
})

test('who is not signed in is counted by address, and so is who tries tokens or paths', async () => {
  const ask = (path: string, address: string, headers: Record<string, string> = {}) =>
    gateway.fetch(path, { headers: { ...headers, ...from(address) } })
  expect((await ask('/api/v1/matches/seen', '198.51.100.1', { authorization: 'Bearer wrong' })).status).toBe(
    401,
  )
  expect((await ask('/api/v1/nothing', '198.51.100.1')).status).toBe(404)
  expect((await ask('/api/v1/matches/open', '198.51.100.1')).status).toBe(200)
  expect((await ask('/api/v1/matches/open', '198.51.100.1')).status).toBe(429)
  expect((await ask('/api/v1/nothing', '198.51.100.1')).status).toBe(429)
  expect((await ask('/api/v1/matches/open', '198.51.100.2')).status).toBe(200)
})

test('signing in as somebody gives no further guesses', async () => {
  const login = async () =>
    gateway.fetch('/api/v1/auth/login', {
      method: 'POST',
      headers: { ...(await gateway.signedIn(testActor())), ...from('203.0.113.10') },
    })
  expect((await login()).status).toBe(200)
  expect((await login()).status).toBe(429)
})

test('guessing has a smaller budget of its own', async () => {
  const login = () => gateway.fetch('/api/v1/auth/login', { method: 'POST', headers: from('203.0.113.9') })
  expect((await login()).status).toBe(200)
  expect((await login()).status).toBe(429)
  expect((await gateway.fetch('/api/v1/matches/open', { headers: from('203.0.113.9') })).status).toBe(200)
})
