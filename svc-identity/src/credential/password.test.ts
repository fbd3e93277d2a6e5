import { afterAll, beforeAll, expect, test } from 'bun:test'
import { actorOf, newMember, startIdentity, type TestIdentity, tokenIn } from '../fixture/identity.sample.ts'
import { changePassword } from './change.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startIdentity()
}, 30_000)
afterAll(() => identity.stop())

const next = 'another walk in the snow'
const forgot = (email: string) => identity.ask('POST', '/api/v1/auth/password/forgot', { body: { email } })
const reset = (token: string, password = next) =>
  identity.ask('POST', '/api/v1/auth/password/reset', { body: { token, password } })
const login = (body: object) => identity.ask('POST', '/api/v1/auth/login', { body })
const refresh = (refreshToken: string) =>
  identity.ask('POST', '/api/v1/auth/refresh', { body: { refreshToken } })
const mailsTo = async (email: string, kind: string) =>
  (await identity.mails()).filter((mail) => mail?.to === email && mail.kind === kind)

async function resetLink(email: string) {
  await forgot(email)
  return tokenIn((await mailsTo(email, 'reset_password')).at(-1)?.link)
}

test('asking for a new password answers the same for everybody, and mails only who is there', async () => {
  const { email } = await newMember(identity)
  const known = await forgot(email)
  const unknown = await forgot('nobody@example.com')
  expect(known).toMatchObject({ status: 202, body: { status: 'reset_sent' } })
  expect(unknown.body).toEqual(known.body)
  const [mail] = await mailsTo(email, 'reset_password')
  expect(mail?.link).toStartWith('http://localhost:8080/reset?token=')
})

test('a reset link sets the password once, ends every session and tells the owner', async () => {
  const { email, password, actor, refreshToken, deviceToken } = await newMember(identity)
  const token = await resetLink(email)
  expect((await reset(token)).status).toBe(204)
  expect((await reset(token)).body.code).toBe('link_invalid')
  expect((await refresh(refreshToken)).body.code).toBe('session_revoked')
  expect((await login({ email, password, deviceToken })).body.code).toBe('invalid_credentials')
  expect((await login({ email, password: next, deviceToken })).status).toBe(200)
  const now = Math.floor(identity.clock().getTime() / 1000)
  const [all] = await identity.outbox(`$KV.revoked-sessions.member.${actor.memberId}`)
  expect(JSON.parse(all?.payload ?? '{}')).toEqual({ notBefore: now })
  expect(await identity.outbox(`$KV.revoked-sessions.session.${actor.sessionId}`)).toHaveLength(1)
  expect(await mailsTo(email, 'security_notice')).toHaveLength(1)
})

test('a reset link used twice at once sets one password', async () => {
  const { email, deviceToken } = await newMember(identity)
  const token = await resetLink(email)
  const passwords = ['first of two passwords', 'second of two passwords']
  const answers = await Promise.all(passwords.map((password) => reset(token, password)))
  expect(answers.map((answer) => answer.status).sort()).toEqual([204, 410])
  const winner = passwords[answers.findIndex((answer) => answer.status === 204)]
  expect((await login({ email, password: winner, deviceToken })).status).toBe(200)
})

test('a weak password does not use the link up', async () => {
  const { email } = await newMember(identity)
  const token = await resetLink(email)
  expect((await reset(token, 'password1234')).body.code).toBe('password_too_weak')
  expect((await reset(token)).status).toBe(204)
})

test('a reset link works for an hour, and a link of another purpose does not', async () => {
  const { email } = await newMember(identity)
  const token = await resetLink(email)
  const confirm = await identity.ask('POST', '/api/v1/auth/verify-email', { body: { token } })
  expect(confirm.body.code).toBe('link_invalid')
  identity.clock.advance(60 * 60_000)
  expect((await reset(token)).body.code).toBe('link_invalid')
})

test('changing the password ends every other session, tells the owner, and this one goes on', async () => {
  const { email, password, actor, refreshToken, deviceToken } = await newMember(identity)
  const other = (await login({ email, password, deviceToken })).body
  const link = await resetLink(email)
  const answer = await identity.ask('POST', '/api/v1/auth/password/change', {
    actor,
    body: { currentPassword: password, newPassword: next },
  })
  expect(answer.status).toBe(204)
  expect((await refresh(refreshToken)).status).toBe(200)
  expect((await refresh(other.refreshToken)).body.code).toBe('session_revoked')
  const { sessionId } = actorOf(other.accessToken)
  expect(await identity.outbox(`$KV.revoked-sessions.session.${sessionId}`)).toHaveLength(1)
  expect(await identity.outbox(`$KV.revoked-sessions.session.${actor.sessionId}`)).toEqual([])
  expect(await mailsTo(email, 'security_notice')).toHaveLength(1)
  expect((await reset(link)).body.code).toBe('link_invalid')
})

test('the current password is asked for, and guessing it is slowed down', async () => {
  const { actor } = await newMember(identity)
  const change = (newPassword = next) =>
    identity.ask('POST', '/api/v1/auth/password/change', {
      actor,
      body: { currentPassword: 'not the password', newPassword },
    })
  for (let i = 0; i < 6; i++) expect((await change()).body.code).toBe('invalid_credentials')
  expect(await change()).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
})

test('a change that began with the old password does not undo a reset that came in between', async () => {
  const { email, password, actor } = await newMember(identity)
  const link = await resetLink(email)
  const { passwords } = identity.deps
  const verify: typeof passwords.verify = async (given, hash) => {
    const right = await passwords.verify(given, hash)
    expect((await reset(link)).status).toBe(204)
    return right
  }
  const deps = { ...identity.deps, passwords: { ...passwords, verify } }
  const input = { currentPassword: password, newPassword: 'a third walk in the sun' }
  expect(await changePassword(deps, actor, input)).toEqual({ refused: 'invalid_credentials' })
  expect((await login({ email, password: next })).status).toBe(200)
})

test('the new password must be another, and a good one', async () => {
  const { actor, password } = await newMember(identity)
  for (const newPassword of [password, 'Password123!']) {
    const body = { currentPassword: password, newPassword }
    const answer = await identity.ask('POST', '/api/v1/auth/password/change', { actor, body })
    expect(answer.body.code).toBe('password_too_weak')
  }
})

test('a sign-in that waits for its code is over when the password changes', async () => {
  const { email, password, actor } = await newMember(identity)
  const { challengeId } = (await login({ email, password })).body
  const code = (await mailsTo(email, 'login_code')).at(-1)?.code
  await identity.ask('POST', '/api/v1/auth/password/change', {
    actor,
    body: { currentPassword: password, newPassword: next },
  })
  const answer = await identity.ask('POST', '/api/v1/auth/mfa', {
    body: { challengeId, method: 'email', code },
  })
  expect(answer.body.code).toBe('challenge_invalid')
})
