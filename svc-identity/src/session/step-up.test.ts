import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Actor, accessCookie, deviceCookie } from '@accord/contracts/actor'
import { generate } from 'otplib'
import {
  actorOf,
  newAccount,
  newMember,
  startIdentity,
  type TestIdentity,
} from '../fixture/identity.sample.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startIdentity()
}, 30_000)
afterAll(() => identity.stop())

const stepUp = (actor: Actor, body: object) => identity.ask('POST', '/api/v1/auth/step-up', { actor, body })
const exportData = (actor: Actor) => identity.ask('GET', '/api/v1/users/export', { actor })
const removeTotp = (actor: Actor) => identity.ask('DELETE', '/api/v1/auth/totp', { actor })
const refresh = (refreshToken: string) =>
  identity.ask('POST', '/api/v1/auth/refresh', { body: { refreshToken } })
const codeOf = (secret: string) => generate({ secret, epoch: Math.floor(identity.clock().getTime() / 1000) })
const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>

/** Signed in too long ago for what asks for a recent sign-in. */
async function withOldSignIn() {
  const member = await newMember(identity)
  identity.clock.advance(10 * 60_000 + 1_000)
  return member
}

async function withTotp() {
  const member = await newMember(identity)
  const { actor } = member
  const { secret } = (await identity.ask('POST', '/api/v1/auth/totp', { actor, body: {} })).body
  const body = { code: await codeOf(secret) }
  const { recoveryCodes } = (await identity.ask('POST', '/api/v1/auth/totp/confirm', { actor, body })).body
  identity.clock.advance(10 * 60_000 + 1_000)
  return { ...member, secret: secret as string, recoveryCodes: recoveryCodes as string[] }
}

test('the password opens, in the same session, what asks for a recent sign-in', async () => {
  const { actor, password, refreshToken } = await withOldSignIn()
  expect((await exportData(actor)).body.code).toBe('step_up_required')
  const answer = await stepUp(actor, { password })
  expect(answer).toMatchObject({ status: 200, body: { expiresIn: 600 } })
  expect(Object.keys(answer.body).sort()).toEqual(['accessToken', 'expiresIn'])
  expect(answer.cookies).toEqual([])
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const fresh = actorOf(answer.body.accessToken)
  expect(fresh).toEqual({ ...actor, authenticatedAt: identity.clock().getTime() / 1000 })
  expect((await exportData(fresh)).status).toBe(200)
  const sessions = await identity.ask('GET', '/api/v1/auth/sessions', { actor: fresh })
  expect(sessions.body.data).toHaveLength(1)
  expect((await refresh(refreshToken)).status).toBe(200)
})

test('a refresh goes on saying when the member last proved who they are', async () => {
  const { actor, password, refreshToken } = await withOldSignIn()
  const { body } = await stepUp(actor, { password })
  identity.clock.advance(60_000)
  const renewed = (await refresh(refreshToken)).body.accessToken
  expect(actorOf(renewed)).toEqual(actorOf(body.accessToken))
})

test('a refresh that is answered again does not take back what a step-up gave meanwhile', async () => {
  const { actor, password, refreshToken } = await withOldSignIn()
  const first = (await refresh(refreshToken)).body
  const { body } = await stepUp(actor, { password })
  const again = (await refresh(refreshToken)).body
  expect(again.refreshToken).toBe(first.refreshToken)
  expect(actorOf(again.accessToken)).toEqual(actorOf(body.accessToken))
  expect((await exportData(actorOf(again.accessToken))).status).toBe(200)
  expect((await refresh(again.refreshToken)).status).toBe(200)
})

test('in a session of cookies the access token is a cookie, and nothing else is set', async () => {
  const { email, password } = await newAccount(identity)
  const signIn = await identity.ask('POST', '/api/v1/auth/login', {
    body: { email, password },
    headers: { 'accord-session': 'cookie' },
  })
  const tokenIn = ({ cookies }: { cookies: string[] }) =>
    cookies.find((cookie) => cookie.startsWith(`${accessCookie}=`))?.split(/[=;]/)[1] ?? ''
  const actor = actorOf(tokenIn(signIn), 'cookie')
  identity.clock.advance(10 * 60_000 + 1_000)
  const answer = await stepUp(actor, { password })
  expect(answer).toMatchObject({ status: 200, body: { expiresIn: 600 } })
  expect(Object.keys(answer.body)).toEqual(['expiresIn'])
  expect(answer.cookies).toHaveLength(1)
  expect(answer.cookies[0]).toEndWith('; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax')
  expect(answer.cookies.join()).not.toContain(deviceCookie)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect((await exportData(actorOf(tokenIn(answer), 'cookie'))).status).toBe(200)
})

test('a token is handed out only the way that its session has them', async () => {
  const { actor, password } = await withOldSignIn()
  const answer = await stepUp({ ...actor, mode: 'cookie' }, { password })
  expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' }, cookies: [] })
})

test('a wrong password is refused, and guessing it is slowed down as everywhere', async () => {
  const { actor, password } = await withOldSignIn()
  const wrong = await stepUp(actor, { password: `${password}!` })
  expect(wrong).toMatchObject({ status: 401, body: { code: 'invalid_credentials' }, cookies: [] })
  for (let i = 0; i < 5; i++) await stepUp(actor, { password: `guess ${i}` })
  const paced = await stepUp(actor, { password })
  expect(paced).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
  expect((await exportData(actor)).body.code).toBe('step_up_required')
})

test('a second factor that is on is asked for, once the password is right', async () => {
  const { actor, password, secret } = await withTotp()
  expect((await stepUp(actor, { password: 'wrong' })).body.code).toBe('invalid_credentials')
  const missing = await stepUp(actor, { password })
  expect(missing).toMatchObject({ status: 401, body: { code: 'second_factor_required' } })
  const { status, body } = await stepUp(actor, { password, code: await codeOf(secret) })
  expect(status).toBe(200)
  expect(claimsOf(body.accessToken).amr).toEqual(['pwd', 'otp', 'mfa'])
  const fresh = actorOf(body.accessToken)
  expect((await removeTotp(fresh)).status).toBe(204)
  const after = await stepUp(fresh, { password })
  expect(claimsOf(after.body.accessToken).amr).toEqual(['pwd'])
})

test('a second factor is asked for on a trusted device too', async () => {
  const { email, password, secret } = await withTotp()
  const { challengeId } = (await identity.ask('POST', '/api/v1/auth/login', { body: { email, password } }))
    .body
  const { body } = await identity.ask('POST', '/api/v1/auth/mfa', {
    body: { challengeId, method: 'totp', code: await codeOf(secret), trustDevice: true },
  })
  const answer = await stepUp(actorOf(body.accessToken), { password })
  expect(answer.body.code).toBe('second_factor_required')
})

test('a code is accepted once, also of two at once, and a wrong one never', async () => {
  const { actor, password, secret } = await withTotp()
  const code = await codeOf(secret)
  const wrong = await stepUp(actor, { password, code: code === '000000' ? '111111' : '000000' })
  expect(wrong).toMatchObject({ status: 401, body: { code: 'code_invalid' } })
  const answers = await Promise.all([stepUp(actor, { password, code }), stepUp(actor, { password, code })])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  expect((await stepUp(actor, { password, code })).body.code).toBe('code_invalid')
})

test('a recovery code is accepted once', async () => {
  const { actor, password, recoveryCodes } = await withTotp()
  const body = { password, method: 'recovery', code: recoveryCodes[0] }
  expect((await stepUp(actor, { password, code: recoveryCodes[0] })).body.code).toBe('code_invalid')
  const answer = await stepUp(actor, body)
  expect(claimsOf(answer.body.accessToken).amr).toEqual(['pwd', 'mfa'])
  expect((await stepUp(actor, body)).body.code).toBe('code_invalid')
})

test('guesses at a code are slowed down, together with those of a sign-in on the same device', async () => {
  const { actor, email, password, secret, deviceToken } = await withTotp()
  const guess = { password, method: 'recovery', code: 'AAAAA-AAAAA' }
  for (let i = 0; i < 6; i++) expect((await stepUp(actor, guess)).body.code).toBe('code_invalid')
  const code = await codeOf(secret)
  expect((await stepUp(actor, { password, code })).body.code).toBe('too_many_requests')
  const { challengeId } = (
    await identity.ask('POST', '/api/v1/auth/login', { body: { email, password, deviceToken } })
  ).body
  const signIn = await identity.ask('POST', '/api/v1/auth/mfa', {
    body: { challengeId, method: 'totp', code, deviceToken },
  })
  expect(signIn.body.code).toBe('too_many_requests')
})

test('a session that has ended is not brought back, and is no place to guess a password', async () => {
  const { actor, password, refreshToken } = await withOldSignIn()
  await identity.ask('POST', '/api/v1/auth/logout', { body: { refreshToken } })
  for (const given of [password, 'a guess']) {
    const answer = await stepUp(actor, { password: given })
    expect(answer).toMatchObject({ status: 401, body: { code: 'session_revoked' } })
  }
})
