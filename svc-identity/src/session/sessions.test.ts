import { afterAll, beforeAll, expect, test } from 'bun:test'
import { accessCookie, refreshCookie } from '@accord/contracts/actor'
import { newId } from '@accord/contracts/id'
import { someoneWaits } from '@accord/stack/harness'
import { actorOf, newMember, startIdentity, type TestIdentity } from '../fixture/identity.sample.ts'
import { lifetime } from './lifetime.ts'
import { lockOpenSession } from './store.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startIdentity()
}, 30_000)
afterAll(() => identity.stop())

const refresh = (refreshToken: string) =>
  identity.ask('POST', '/api/v1/auth/refresh', { body: { refreshToken } })
const list = (actor: Parameters<typeof identity.ask>[2]) =>
  identity.ask('GET', '/api/v1/auth/sessions', actor)

async function withTwoSessions() {
  const member = await newMember(identity)
  identity.clock.advance(1_000)
  const { email, password, deviceToken } = member
  const { body } = await identity.ask('POST', '/api/v1/auth/login', {
    body: { email, password, deviceToken },
  })
  return { ...member, second: { refreshToken: body.refreshToken, actor: actorOf(body.accessToken) } }
}

test('a member sees every session, which one asks, and no address', async () => {
  const { actor, second } = await withTwoSessions()
  const { status, body } = await list({ actor })
  expect(status).toBe(200)
  expect(body.data).toHaveLength(2)
  expect(body.data[0]).toEqual({
    id: second.actor.sessionId,
    current: false,
    device: 'Firefox on Linux',
    mode: 'token',
    createdAt: identity.clock().toISOString(),
    lastUsedAt: identity.clock().toISOString(),
    expiresAt: expect.any(String),
  })
  expect(body.data[1]).toMatchObject({ id: actor.sessionId, current: true })
  expect(JSON.stringify(body)).not.toContain('192.0.2.1')
})

test('sessions come in pages, none twice and none left out', async () => {
  const { actor } = await withTwoSessions()
  const first = await identity.ask('GET', '/api/v1/auth/sessions?limit=1', { actor })
  expect(first.body.pagination.hasNextPage).toBe(true)
  const next = first.body.pagination.nextCursor
  const second = await identity.ask('GET', `/api/v1/auth/sessions?limit=1&cursor=${next}`, { actor })
  expect(second.body.pagination).toMatchObject({ hasNextPage: false, nextCursor: null })
  expect(first.body.data[0].id).not.toBe(second.body.data[0].id)
})

test('a cursor that the list of sessions never gave is refused', async () => {
  const { actor } = await withTwoSessions()
  for (const values of [
    [1, 2],
    [-8.64e15, actor.sessionId],
    ['yesterday', actor.sessionId],
  ]) {
    const cursor = Buffer.from(JSON.stringify(values)).toString('base64url')
    const answer = await identity.ask('GET', `/api/v1/auth/sessions?cursor=${cursor}`, { actor })
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed'])
  }
})

test('a client learns who it is signed in as, and of its own session alone', async () => {
  const { actor, second, member } = await withTwoSessions()
  const own = await identity.ask('GET', '/api/v1/auth/session', { actor })
  expect(own.status).toBe(200)
  expect(own.body).toEqual({
    member,
    session: {
      id: actor.sessionId,
      createdAt: new Date(identity.clock().getTime() - 1_000).toISOString(),
      device: 'Firefox on Linux',
      mode: 'token',
    },
  })
  const other = await identity.ask('GET', '/api/v1/auth/session', { actor: second.actor })
  expect(other.body).toMatchObject({
    member: { id: member.id },
    session: { id: second.actor.sessionId, createdAt: identity.clock().toISOString() },
  })
})

test('nobody is signed in with a session that has ended, has run out, or is another’s', async () => {
  const { actor, second } = await withTwoSessions()
  const stranger = await newMember(identity)
  const ask = (as: typeof actor) => identity.ask('GET', '/api/v1/auth/session', { actor: as })
  await identity.ask('DELETE', `/api/v1/auth/sessions/${actor.sessionId}`, { actor: second.actor })
  for (const nobody of [actor, { ...second.actor, sessionId: stranger.actor.sessionId }]) {
    expect(await ask(nobody)).toMatchObject({ status: 401, body: { code: 'session_revoked' } })
  }
  expect((await ask(second.actor)).status).toBe(200)
  identity.clock.advance(lifetime.refreshMs)
  expect((await ask(second.actor)).body.code).toBe('session_revoked')
})

test('a session that was ended refreshes no more and every gateway is told', async () => {
  const { actor, second } = await withTwoSessions()
  const answer = await identity.ask('DELETE', `/api/v1/auth/sessions/${second.actor.sessionId}`, { actor })
  expect(answer.status).toBe(204)
  expect((await refresh(second.refreshToken)).body.code).toBe('session_revoked')
  expect(await identity.outbox(`$KV.revoked-sessions.session.${second.actor.sessionId}`)).toHaveLength(1)
  expect((await list({ actor })).body.data).toHaveLength(1)
  const again = await identity.ask('DELETE', `/api/v1/auth/sessions/${second.actor.sessionId}`, { actor })
  expect(again.body.code).toBe('not_found')
})

test('a token that a refresh signs while the session is being ended is refused too', async () => {
  const { actor, second } = await withTwoSessions()
  const { memberId, sessionId } = second.actor
  const db = identity.deps.db.primary
  const { ending, signedAt } = await db.transaction().execute(async (trx) => {
    await lockOpenSession(trx, memberId, sessionId, identity.clock())
    const ending = identity.ask('DELETE', `/api/v1/auth/sessions/${sessionId}`, { actor })
    await someoneWaits(identity.databaseUrl)
    identity.clock.advance(3_000)
    return { ending, signedAt: identity.clock().getTime() / 1000 }
  })
  expect((await ending).status).toBe(204)
  const [revoked] = await identity.outbox(`$KV.revoked-sessions.session.${sessionId}`)
  expect(JSON.parse(revoked?.payload ?? '{}').notBefore).toBeGreaterThan(signedAt)
})

test('another member’s session is not there to be ended', async () => {
  const victim = await newMember(identity)
  const { actor } = await newMember(identity)
  const answer = await identity.ask('DELETE', `/api/v1/auth/sessions/${victim.actor.sessionId}`, { actor })
  expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
  expect((await refresh(victim.refreshToken)).status).toBe(200)
})

test('ending all others leaves the one that asks', async () => {
  const { actor, second, refreshToken } = await withTwoSessions()
  const answer = await identity.ask('DELETE', '/api/v1/auth/sessions', { actor: second.actor })
  expect(answer.status).toBe(204)
  expect((await refresh(refreshToken)).body.code).toBe('session_revoked')
  expect((await refresh(second.refreshToken)).status).toBe(200)
  expect(await identity.outbox(`$KV.revoked-sessions.session.${actor.sessionId}`)).toHaveLength(1)
  expect(await identity.outbox(`$KV.revoked-sessions.session.${second.actor.sessionId}`)).toEqual([])
})

test('signing out works with the access token or the refresh token, and twice', async () => {
  const { actor, second, refreshToken } = await withTwoSessions()
  const byToken = await identity.ask('POST', '/api/v1/auth/logout', { body: { refreshToken } })
  expect(byToken.status).toBe(204)
  expect((await refresh(refreshToken)).body.code).toBe('session_revoked')
  for (let i = 0; i < 2; i++) {
    const byActor = await identity.ask('POST', '/api/v1/auth/logout', { actor: second.actor })
    expect(byActor.status).toBe(204)
  }
  expect((await refresh(second.refreshToken)).body.code).toBe('session_revoked')
  expect((await identity.ask('POST', '/api/v1/auth/logout')).status).toBe(204)
  expect((await list({ actor })).body.data).toEqual([])
})

test('signing out in a browser takes the cookies back', async () => {
  const { actor } = await newMember(identity)
  const answer = await identity.ask('POST', '/api/v1/auth/logout', { actor: { ...actor, mode: 'cookie' } })
  expect(answer.cookies).toHaveLength(2)
  for (const cookie of answer.cookies) expect(cookie).toContain('=; Path=/')
  for (const name of [accessCookie, refreshCookie]) {
    expect(
      answer.cookies.some((cookie) => cookie.startsWith(`${name}=`) && cookie.includes('Max-Age=0')),
    ).toBe(true)
  }
})

test('devices are listed to their member alone, without their tokens', async () => {
  const { actor, deviceToken } = await newMember(identity)
  const { status, body } = await identity.ask('GET', '/api/v1/auth/devices', { actor })
  expect(status).toBe(200)
  expect(body.data).toHaveLength(1)
  expect(body.data[0]).toMatchObject({ label: 'Firefox on Linux', trusted: false })
  expect(JSON.stringify(body)).not.toContain(deviceToken)
})

test('without an actor every operation of sessions and devices is refused', async () => {
  const closed = [
    ['GET', '/api/v1/auth/session'],
    ['GET', '/api/v1/auth/sessions'],
    ['DELETE', '/api/v1/auth/sessions'],
    ['DELETE', `/api/v1/auth/sessions/${newId('ses')}`],
    ['GET', '/api/v1/auth/devices'],
    ['POST', '/api/v1/auth/step-up'],
    ['POST', '/api/v1/auth/password/change'],
    ['POST', '/api/v1/auth/totp'],
    ['POST', '/api/v1/auth/totp/confirm'],
    ['DELETE', '/api/v1/auth/totp'],
  ] as const
  for (const [method, path] of closed) {
    const answer = await identity.ask(method, path, method === 'POST' ? { body: {} } : {})
    expect(answer.body.code, `${method} ${path}`).toBe('unauthenticated')
  }
})
