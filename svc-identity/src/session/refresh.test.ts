import { afterAll, beforeAll, expect, test } from 'bun:test'
import { deviceCookie, refreshCookie } from '@accord/contracts/actor'
import { type Ask, actorOf, newMember, startIdentity, type TestIdentity } from '../fixture/identity.sample.ts'
import { mintToken } from '../opaque-token.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startIdentity()
}, 30_000)
afterAll(() => identity.stop())

const cookieMode = { 'accord-session': 'cookie' }
const refresh = (refreshToken: string, options: Ask = {}) =>
  identity.ask('POST', '/api/v1/auth/refresh', { ...options, body: { refreshToken } })
const revocations = (sessionId: string) => identity.outbox(`$KV.revoked-sessions.session.${sessionId}`)
const notices = async (email: string) =>
  (await identity.mails()).filter((mail) => mail?.to === email && mail.kind === 'security_notice').length

test('a refresh token gives new tokens of the same session', async () => {
  const { refreshToken, actor, member } = await newMember(identity)
  identity.clock.advance(60_000)
  const answer = await refresh(refreshToken)
  expect(answer).toMatchObject({ status: 200, body: { member, expiresIn: 600 } })
  expect(answer.body.refreshToken).not.toBe(refreshToken)
  expect(actorOf(answer.body.accessToken)).toEqual(actor)
})

test('two tabs that refresh at once get one answer', async () => {
  const { refreshToken, actor } = await newMember(identity)
  const [one, two, three] = await Promise.all([
    refresh(refreshToken),
    refresh(refreshToken),
    refresh(refreshToken),
  ])
  expect(one.status).toBe(200)
  expect(two.body).toEqual(one.body)
  expect(three.body).toEqual(one.body)
  expect(await revocations(actor.sessionId)).toEqual([])
})

test('an answer that was lost is given again for thirty seconds, and its token goes on', async () => {
  const { refreshToken } = await newMember(identity)
  const first = await refresh(refreshToken)
  identity.clock.advance(30_000)
  const again = await refresh(refreshToken)
  expect(again.body).toEqual(first.body)
  expect((await refresh(first.body.refreshToken)).status).toBe(200)
})

test('a used token that comes back later ends its family everywhere, and the member is told', async () => {
  const { refreshToken, actor, email } = await newMember(identity)
  const { body } = await refresh(refreshToken)
  identity.clock.advance(30_001)
  expect(await refresh(refreshToken)).toMatchObject({ status: 401, body: { code: 'refresh_invalid' } })
  expect((await refresh(body.refreshToken)).body.code).toBe('session_revoked')
  const [revoked] = await revocations(actor.sessionId)
  const now = Math.floor(identity.clock().getTime() / 1000)
  expect(JSON.parse(revoked?.payload ?? '{}')).toEqual({ notBefore: now + 1 })
  expect(await notices(email)).toBe(1)
  await refresh(refreshToken)
  expect(await notices(email)).toBe(1)
})

test('a used token that another program brings ends its family at once', async () => {
  const { refreshToken, actor } = await newMember(identity)
  await refresh(refreshToken)
  expect((await refresh(refreshToken, { userAgent: 'curl/8' })).body.code).toBe('refresh_invalid')
  expect(await revocations(actor.sessionId)).toHaveLength(1)
})

test('other sessions of the member go on when one family ends', async () => {
  const { refreshToken, email, password, deviceToken } = await newMember(identity)
  const other = await identity.ask('POST', '/api/v1/auth/login', { body: { email, password, deviceToken } })
  await refresh(refreshToken)
  identity.clock.advance(31_000)
  await refresh(refreshToken)
  expect((await refresh(other.body.refreshToken)).status).toBe(200)
})

test('a guessed token with the right ids is refused and harms nobody', async () => {
  const { refreshToken, actor } = await newMember(identity)
  const ids = Buffer.from(refreshToken, 'base64url').subarray(0, 32)
  const forged = Buffer.concat([ids, crypto.getRandomValues(Buffer.alloc(32))]).toString('base64url')
  expect((await refresh(forged)).body.code).toBe('refresh_invalid')
  for (const token of ['x', mintToken(crypto.randomUUID()).token]) {
    expect((await refresh(token)).body.code).toBe('refresh_invalid')
  }
  expect(await revocations(actor.sessionId)).toEqual([])
  expect((await refresh(refreshToken)).status).toBe(200)
})

test('a session that nobody uses for thirty days is over', async () => {
  const { refreshToken } = await newMember(identity)
  identity.clock.advance(30 * 24 * 60 * 60_000)
  expect((await refresh(refreshToken)).body.code).toBe('refresh_invalid')
})

test('a session is over after half a year, however much it is used', async () => {
  let { refreshToken } = await newMember(identity)
  const day = 24 * 60 * 60_000
  for (let i = 0; i < 7; i++) {
    identity.clock.advance(25 * day)
    refreshToken = (await refresh(refreshToken)).body.refreshToken
    expect(refreshToken).toBeString()
  }
  identity.clock.advance(5 * day)
  expect((await refresh(refreshToken)).body.code).toBe('refresh_invalid')
}, 20_000)

test('in cookie mode the token is read from its cookie and the new one goes back as one', async () => {
  const { email, password, deviceToken } = await newMember(identity)
  const cookies = { [deviceCookie]: deviceToken }
  const signedIn = await identity.ask('POST', '/api/v1/auth/login', {
    body: { email, password },
    headers: cookieMode,
    cookies,
  })
  const token = signedIn.cookies.find((cookie) => cookie.startsWith(refreshCookie))?.split(/[=;]/)[1] ?? ''
  const options = { headers: cookieMode, cookies: { ...cookies, [refreshCookie]: token } }
  const [one, two] = await Promise.all([
    identity.ask('POST', '/api/v1/auth/refresh', options),
    identity.ask('POST', '/api/v1/auth/refresh', options),
  ])
  expect(one.status).toBe(200)
  expect(Object.keys(one.body).sort()).toEqual(['expiresIn', 'member'])
  expect(two.cookies).toEqual(one.cookies)
  const inBody = await refresh(token, { headers: cookieMode })
  expect(inBody.body.code).toBe('refresh_invalid')
  expect((await refresh(token)).body.code).toBe('refresh_invalid')
})

test('answers with tokens are not kept longer than they may be repeated, and never readable', async () => {
  const { refreshToken } = await newMember(identity)
  const { body } = await refresh(refreshToken)
  const rows = await identity.deps.db.primary.selectFrom('refresh_tokens').selectAll().execute()
  const stored = rows.map((row) => row.answer_sealed?.toString('latin1')).join()
  expect(stored).not.toContain(body.refreshToken)
})
