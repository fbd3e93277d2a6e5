import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { newId } from '@accord/contracts/id'
import type { Problem } from '@accord/contracts/problem'
import { testActor } from '@accord/stack/harness'
import { decodeJwt } from 'jose'
import { nowSeconds, publicUrl, startTestGateway, type TestGateway } from '../fixture/gateway.sample.ts'
import { sendRawRequest } from '../fixture/raw-request.sample.ts'
import { billingSample, identitySample, matchSample, serve } from '../fixture/service.sample.ts'

/** The first test to come starts the shared servers. */
const serversStartMs = 60_000
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ CORS_ORIGINS: 'https://partner.example' })
  await serve(gateway, 'match', matchSample())
  await serve(gateway, 'identity', identitySample())
  await serve(gateway, 'billing', billingSample())
}, serversStartMs)
afterAll(() => gateway.stop())

const codeOf = async (response: Response) => {
  const problem = (await response.json()) as Problem
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(problem.status).toBe(response.status)
  expect(problem.requestId).toBe(response.headers.get('x-request-id') ?? '')
  return problem.code
}
const fromOurPage = { origin: publicUrl, 'sec-fetch-site': 'same-origin', 'accord-csrf': '1' }
const note = { method: 'POST', body: '{"note":"a"}' }
const json = { 'content-type': 'application/json' }

describe('who asks', () => {
  test('a member’s request reaches the service with the member, and nothing that was not declared', async () => {
    const actor = testActor()
    const response = await gateway.fetch('/api/v1/matches/seen', {
      headers: {
        ...(await gateway.signedIn(actor)),
        'x-request-id': 'request-0001',
        'idempotency-key': 'key-00001',
        'user-agent': 'test/1',
      },
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      memberId: actor.memberId,
      mode: 'token',
      requestId: 'request-0001',
      address: '127.0.0.1',
      userAgent: 'test/1',
      idempotencyKey: 'key-00001',
    })
    expect(response.headers.get('x-request-id')).toBe('request-0001')
  })

  test('a cookie signs in as well as a token, and both at once are refused', async () => {
    const actor = testActor()
    const cookie = `__Host-at=${await gateway.token(actor)}`
    const seen = await gateway.fetch('/api/v1/matches/seen', { headers: { cookie } })
    expect(await seen.json()).toMatchObject({ memberId: actor.memberId, mode: 'cookie' })
    const both = await gateway.fetch('/api/v1/matches/seen', {
      headers: { cookie, ...(await gateway.signedIn(actor)) },
    })
    expect([both.status, await codeOf(both)]).toEqual([400, 'malformed_request'])
  })

  test('without a token there is no way in', async () => {
    const response = await gateway.fetch('/api/v1/matches/seen')
    expect([response.status, await codeOf(response)]).toEqual([401, 'unauthenticated'])
    expect(response.headers.get('www-authenticate')).toContain('Bearer')
  })

  test.each([
    ['of another audience', { aud: 'someone-else' }, {}, 'unauthenticated'],
    ['of another issuer', { iss: 'https://evil.example' }, {}, 'unauthenticated'],
    ['of another type', {}, { typ: 'JWT' }, 'unauthenticated'],
    ['by an unknown key', {}, { kid: 'other' }, 'unauthenticated'],
    ['without a session', { sid: undefined }, {}, 'unauthenticated'],
    ['that would live for a day', { exp: nowSeconds() + 86_400 }, {}, 'unauthenticated'],
    ['that has expired', { iat: nowSeconds() - 700, exp: nowSeconds() - 100 }, {}, 'token_expired'],
  ])('a token %s is refused', async (_, claims, header, code) => {
    const token = await gateway.token(testActor(), claims, header)
    const response = await gateway.fetch('/api/v1/matches/seen', {
      headers: { authorization: `Bearer ${token}` },
    })
    expect([response.status, await codeOf(response)]).toEqual([401, code])
  })

  test('a token with a changed payload, without a signature or with another algorithm is refused', async () => {
    const token = await gateway.token(testActor())
    const [head, , signature] = token.split('.')
    const payload = Buffer.from(JSON.stringify({ ...decodeJwt(token), sub: newId('mem') })).toString(
      'base64url',
    )
    const none = Buffer.from('{"alg":"none","typ":"at+jwt","kid":"test-key"}').toString('base64url')
    for (const forged of [
      `${head}.${payload}.${signature}`,
      `${none}.${payload}.`,
      `${head}.${payload}.`,
      'x',
    ]) {
      const headers = { authorization: `Bearer ${forged}` }
      expect((await gateway.fetch('/api/v1/matches/seen', { headers })).status).toBe(401)
    }
  })

  test('an ended session is refused at once, and so is all that its member had before', async () => {
    const one = testActor()
    const other = testActor()
    const asOne = await gateway.signedIn(one)
    const asOther = await gateway.signedIn(other)
    expect((await gateway.fetch('/api/v1/matches/seen', { headers: asOne })).status).toBe(200)
    expect((await gateway.fetch('/api/v1/matches/seen', { headers: asOther })).status).toBe(200)

    await gateway.revoke(`session.${one.sessionId}`, nowSeconds() + 1)
    await gateway.revoke(`member.${other.memberId}`, nowSeconds() + 1)
    for (const headers of [asOne, asOther]) {
      const response = await gateway.fetch('/api/v1/matches/seen', { headers })
      expect([response.status, await codeOf(response)]).toEqual([401, 'session_revoked'])
    }
  })

  test('a token that has gone bad keeps nobody from what is public', async () => {
    const token = await gateway.token(testActor(), { exp: nowSeconds() - 10, iat: nowSeconds() - 20 })
    const headers = { authorization: `Bearer ${token}` }
    expect((await gateway.fetch('/api/v1/matches/open', { headers })).status).toBe(200)
  })

  test('what needs fresh proof or a role is refused to others', async () => {
    const stale = await gateway.signedIn(testActor({ authenticatedAt: nowSeconds() - 601 }))
    const stepped = await gateway.fetch('/api/v1/matches/stepped', { method: 'POST', headers: stale })
    expect([stepped.status, await codeOf(stepped)]).toEqual([403, 'step_up_required'])
    const staff = await gateway.fetch('/api/v1/matches/staff', {
      headers: await gateway.signedIn(testActor()),
    })
    expect([staff.status, await codeOf(staff)]).toEqual([403, 'forbidden'])

    const fresh = await gateway.signedIn(testActor())
    const done = await gateway.fetch('/api/v1/matches/stepped', { method: 'POST', headers: fresh })
    expect(done.status).toBe(200)
    const asStaff = await gateway.signedIn(testActor({ staff: true }))
    expect((await gateway.fetch('/api/v1/matches/staff', { headers: asStaff })).status).toBe(200)
  })
})

describe('writes with cookies', () => {
  test('are taken from our own page and refused from anywhere else', async () => {
    const cookie = `__Host-at=${await gateway.token(testActor())}`
    const write = (headers: Record<string, string>) =>
      gateway.fetch('/api/v1/matches/things/1', { ...note, headers: { ...json, cookie, ...headers } })
    expect((await write(fromOurPage)).status).toBe(200)
    for (const headers of [
      {},
      { ...fromOurPage, origin: 'https://evil.example' },
      { ...fromOurPage, 'sec-fetch-site': 'cross-site' },
      { ...fromOurPage, 'accord-csrf': '' },
    ]) {
      const response = await write(headers)
      expect([response.status, await codeOf(response)]).toEqual([403, 'csrf_refused'])
    }
  })

  test('a sign-in that asks for cookies must come from our page too, one for tokens need not', async () => {
    const login = (headers: Record<string, string>) =>
      gateway.fetch('/api/v1/auth/login', { method: 'POST', headers })
    const foreign = await login({ 'accord-session': 'cookie' })
    expect([foreign.status, await codeOf(foreign)]).toEqual([403, 'csrf_refused'])
    const own = await login({ 'accord-session': 'cookie', ...fromOurPage })
    expect(own.headers.getSetCookie()).toEqual(['__Host-at=a; Path=/; Secure', 'b=2'])
    expect(own.headers.get('cache-control')).toBe('no-store')
    const token = await login({})
    expect([token.status, token.headers.getSetCookie()]).toEqual([200, []])
  })
})

describe('what is asked', () => {
  test('a path that nobody owns is 404, a method that is not offered 405 with the ones that are', async () => {
    const unknown = await gateway.fetch('/api/v1/nothing')
    expect([unknown.status, await codeOf(unknown)]).toEqual([404, 'not_found'])
    const wrong = await gateway.fetch('/api/v1/matches/seen', { method: 'DELETE' })
    expect([wrong.status, await codeOf(wrong)]).toEqual([405, 'method_not_allowed'])
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    const own = await gateway.fetch('/openapi.json', { method: 'POST' })
    expect([own.status, own.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })

  test('a path is the same path whatever Host comes with it, or none', async () => {
    const ask = (requestLine: string, ...headers: string[]) =>
      sendRawRequest(gateway.running.port, requestLine, ...headers)
    expect(await ask('GET /api/v1/matches/open HTTP/1.0')).toContain('{"text":"accord "}')
    expect(await ask('GET /healthz HTTP/1.0')).toContain('{"status":"ok"}')
    expect(await ask('GET /x/healthz HTTP/1.0')).toStartWith('HTTP/1.1 404')
    for (const host of ['[', 'a b', 'a:b:c', 'x/healthz?', '']) {
      expect(await ask('GET /api/v1/matches/open HTTP/1.1', `Host: ${host}`), host).toContain('200 OK')
      expect(await ask('GET /media/x?e=1&s=1 HTTP/1.1', `Host: ${host}`), host).toStartWith('HTTP/1.1 403')
    }
  })

  test('HEAD is GET without a body, OPTIONS tells the methods', async () => {
    const head = await gateway.fetch('/api/v1/matches/open', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(head.headers.get('etag')).toStartWith('W/"')
    expect(head.headers.get('content-length')).toBe('18')
    const options = await gateway.fetch('/api/v1/matches/things/1', { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'OPTIONS, POST'])
  })

  test('placeholders and queries arrive as they were written', async () => {
    const headers = { ...json, ...(await gateway.signedIn(testActor())) }
    const response = await gateway.fetch('/api/v1/matches/things/a%20b?x=1', { ...note, headers })
    expect(await response.json()).toEqual({ id: 'a b', note: 'a' })
  })

  test('what a service refuses comes back as its own problem document, with our request id', async () => {
    const headers = { ...json, ...(await gateway.signedIn(testActor())) }
    const response = await gateway.fetch('/api/v1/matches/things/1', {
      method: 'POST',
      headers,
      body: '{"note":1,"more":true}',
    })
    expect([response.status, await codeOf(response)]).toEqual([422, 'validation_failed'])
  })

  test('a body over its limit is refused, announced or not, and never reaches the service', async () => {
    const headers = { ...json, ...(await gateway.signedIn(testActor())) }
    const body = JSON.stringify({ note: 'x'.repeat(2000) })
    const announced = await gateway.fetch('/api/v1/matches/things/1', { method: 'POST', headers, body })
    expect([announced.status, await codeOf(announced)]).toEqual([413, 'payload_too_large'])
    const chunked = new Blob([body]).stream()
    const streamed = await gateway.fetch('/api/v1/matches/things/1', {
      method: 'POST',
      headers,
      body: chunked,
    })
    expect([streamed.status, await codeOf(streamed)]).toEqual([413, 'payload_too_large'])
  })

  test('a compressed body is refused', async () => {
    const headers = { ...json, 'content-encoding': 'gzip', ...(await gateway.signedIn(testActor())) }
    const response = await gateway.fetch('/api/v1/matches/things/1', { ...note, headers })
    expect(response.status).toBe(415)
  })

  test('a webhook gets its body byte for byte, its own header, and no member', async () => {
    const response = await gateway.fetch('/api/v1/billing/webhooks/stripe', {
      method: 'POST',
      headers: { ...json, 'stripe-signature': 't=1', cookie: '__Host-at=whatever' },
      body: '{ "a": 1 }  ',
    })
    expect(await response.json()).toEqual({ size: 12, signature: 't=1' })
  })
})

describe('answers', () => {
  test('carry the security headers, the limits and the request id', async () => {
    const { headers } = await gateway.fetch('/api/v1/matches/open')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('ratelimit-policy')).toBe('"default";q=300;w=60')
    expect(headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/)
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('that say no carry the limits too, once the request was counted', async () => {
    const nobody = await gateway.fetch('/api/v1/matches/seen')
    expect([nobody.status, nobody.headers.get('ratelimit')]).toEqual([401, expect.stringContaining('r=')])
    const tooLarge = await gateway.fetch('/api/v1/matches/things/1', {
      method: 'POST',
      headers: { ...json, ...(await gateway.signedIn(testActor())) },
      body: 'x'.repeat(2000),
    })
    expect([tooLarge.status, tooLarge.headers.get('ratelimit-policy')]).toEqual([413, '"default";q=300;w=60'])
  })

  test('have a validator: the same again is 304 without a body', async () => {
    const first = await gateway.fetch('/api/v1/matches/open')
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    const again = await gateway.fetch('/api/v1/matches/open', { headers })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const other = await gateway.fetch('/api/v1/matches/open?times=2', { headers })
    expect(other.status).toBe(200)
  })

  test('of some size are compressed for those who take it', async () => {
    const large = await gateway.fetch('/api/v1/matches/open?times=1000', {
      headers: { 'accept-encoding': 'br' },
    })
    expect(large.headers.get('content-encoding')).toBe('br')
    expect(((await large.json()) as { text: string }).text).toHaveLength(7000)
    const small = await gateway.fetch('/api/v1/matches/open', { headers: { 'accept-encoding': 'br' } })
    expect(small.headers.get('content-encoding')).toBeNull()
  })

  test('that no message can carry arrive whole all the same', async () => {
    const large = await gateway.fetch('/api/v1/users/export')
    expect(((await large.json()) as { text: string }).text).toHaveLength(2_100_000)
  })
})

describe('other origins', () => {
  test('are not let in unless listed, and then with tokens only', async () => {
    const preflight = (origin: string) =>
      gateway.fetch('/api/v1/matches/open', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET' },
      })
    const listed = await preflight('https://partner.example')
    expect(listed.headers.get('access-control-allow-origin')).toBe('https://partner.example')
    expect(listed.headers.get('access-control-allow-credentials')).toBeNull()
    expect(listed.headers.get('access-control-allow-headers')).not.toContain('accord-csrf')
    const foreign = await preflight('https://evil.example')
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()

    const get = await gateway.fetch('/api/v1/matches/open', {
      headers: { origin: 'https://partner.example' },
    })
    expect(get.headers.get('access-control-allow-origin')).toBe('https://partner.example')
    expect(get.headers.get('vary')).toContain('Origin')
  })
})
