import { afterAll, beforeAll, expect, test } from 'bun:test'
import { accessCookie, deviceCookie, refreshCookie } from '@accord/contracts/actor'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import {
  type Ask,
  actorOf,
  newAccount,
  newMember,
  registration,
  startIdentity,
  type TestIdentity,
} from '../fixture/identity.sample.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startIdentity()
}, 30_000)
afterAll(() => identity.stop())

const cookieMode = { 'accord-session': 'cookie' }
const login = (body: { email: string; password: string; deviceToken?: string }, options: Ask = {}) =>
  identity.ask('POST', '/api/v1/auth/login', { ...options, body })
const mfa = (body: Record<string, unknown>, options: Ask = {}) =>
  identity.ask('POST', '/api/v1/auth/mfa', { ...options, body })
const lastCode = async (email: string) =>
  (await identity.mails()).findLast((mail) => mail?.to === email && mail.kind === 'login_code')?.code ?? ''
const cookieIn = (cookies: string[], name: string) =>
  cookies
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';')[0]
    ?.slice(name.length + 1) ?? ''

test('the first sign-in after registering needs nothing but the password', async () => {
  const { member, email, accessToken } = await newMember(identity)
  expect(member).toEqual({
    id: expect.stringMatching(/^mem_/),
    email,
    displayName: 'Ada',
    role: 'companion',
    createdAt: identity.clock().toISOString(),
    emailConfirmed: true,
    totpEnabled: false,
  })
  expect(accessToken).toBeString()
})

test('the access token is what the published keys verify, of the right type, for ten minutes', async () => {
  const { member, accessToken } = await newMember(identity)
  const { body: jwks } = await identity.ask('GET', '/.well-known/jwks.json')
  const { payload } = await jwtVerify(accessToken, createLocalJWKSet(jwks), {
    algorithms: ['EdDSA'],
    typ: 'at+jwt',
    issuer: 'https://accord.example',
    audience: 'accord-api',
    currentDate: identity.clock(),
  })
  expect(payload).toMatchObject({ sub: member.id, role: 'companion', amr: ['pwd'], staff: false })
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600)
  expect(payload.auth_time).toBe(payload.iat)
  expect(decodeProtectedHeader(accessToken).kid).toBe(jwks.keys[0].kid)
  expect(jwks.keys[0].d).toBeUndefined()
})

test('a wrong password and an unknown address are the same refusal', async () => {
  const { email, password } = await newMember(identity)
  const wrong = await login({ email, password: `${password}!` })
  const unknown = await login({ email: 'nobody@example.com', password })
  expect(wrong).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } })
  expect(unknown.status).toBe(wrong.status)
  expect(unknown.body).toEqual(wrong.body)
})

test('only who has the password learns that the address is not confirmed', async () => {
  const person = registration()
  await identity.ask('POST', '/api/v1/auth/register', { body: person })
  const right = await login({ email: person.email, password: person.password })
  expect(right).toMatchObject({ status: 403, body: { code: 'email_not_confirmed' } })
  const wrong = await login({ email: person.email, password: 'not the password' })
  expect(wrong.body.code).toBe('invalid_credentials')
})

test('who registers an address and signs in with that password does not learn whether it is taken', async () => {
  const { email, password, deviceToken } = await newMember(identity)
  const answers = []
  for (const address of [email, `${crypto.randomUUID()}@example.com`]) {
    const attempt = registration({ email: address, password: 'a guess that nobody made' })
    const registered = await identity.ask('POST', '/api/v1/auth/register', { body: attempt })
    const signedIn = await login({ email: address, password: attempt.password })
    const again = await identity.ask('POST', '/api/v1/auth/verify-email/resend', { body: { email: address } })
    answers.push([registered, signedIn, again].map(({ status, body }) => ({ status, body })))
  }
  expect(answers[0]).toEqual(answers[1])
  expect((await login({ email, password, deviceToken })).status).toBe(200)
  const links = (await identity.mails()).filter((mail) => mail?.to === email && mail.link !== null)
  expect(links).toEqual([])
})

test('a registration of a taken address does not make guessing at its password any faster', async () => {
  const { email } = await newMember(identity)
  const own = registration({ email, password: 'a guess that nobody made' })
  await identity.ask('POST', '/api/v1/auth/register', { body: own })
  for (let i = 0; i < 6; i++) await login({ email, password: i % 2 ? own.password : `guess ${i}` })
  expect((await login({ email, password: 'guess 7' })).body.code).toBe('too_many_requests')
})

test('an address may be typed in any case', async () => {
  const { email, password, deviceToken } = await newMember(identity)
  expect((await login({ email: email.toUpperCase(), password, deviceToken })).status).toBe(200)
})

test('in cookie mode no token is in the body, and the cookies are out of reach of scripts and other sites', async () => {
  const person = registration()
  await newMember(identity, person)
  const { body } = await login({ email: person.email, password: person.password }, { headers: cookieMode })
  const answer = await mfa(
    { challengeId: body.challengeId, method: 'email', code: await lastCode(person.email) },
    { headers: cookieMode },
  )
  expect(answer.status).toBe(200)
  expect(Object.keys(answer.body).sort()).toEqual(['expiresIn', 'member'])
  const of = (name: string) => answer.cookies.find((cookie) => cookie.startsWith(`${name}=`))
  expect(of(accessCookie)).toEndWith('; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax')
  expect(of(refreshCookie)).toEndWith(
    '; Path=/api/v1/auth; Max-Age=2592000; Secure; HttpOnly; SameSite=Strict',
  )
  expect(of(deviceCookie)).toEndWith('; Path=/; Max-Age=34560000; Secure; HttpOnly; SameSite=Lax')
  for (const name of [accessCookie, refreshCookie, deviceCookie]) {
    expect(JSON.stringify(answer.body)).not.toContain(cookieIn(answer.cookies, name))
  }
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('in token mode no cookie is set', async () => {
  const { email, password, deviceToken } = await newMember(identity)
  const answer = await login({ email, password, deviceToken })
  expect(answer.cookies).toEqual([])
  expect(answer.body.refreshToken).toBeString()
})

test('an unknown device is asked for a mailed code, and is known afterwards', async () => {
  const { email, password } = await newMember(identity)
  const asked = await login({ email, password })
  expect(asked.body).toEqual({
    mfaRequired: true,
    challengeId: expect.stringMatching(/^mch_/),
    methods: ['email'],
  })
  const { challengeId } = asked.body
  const answer = await mfa({ challengeId, method: 'email', code: await lastCode(email) })
  expect(answer.status).toBe(200)
  expect(
    (await login({ email, password, deviceToken: answer.body.deviceToken })).body.accessToken,
  ).toBeString()
})

test('of two first sign-ins at once, one is asked for a code', async () => {
  const { email, password } = await newAccount(identity)
  const answers = await Promise.all([login({ email, password }), login({ email, password })])
  expect(answers.map((answer) => answer.body.mfaRequired === true).sort()).toEqual([false, true])
})

test('a device token of another member makes no device known', async () => {
  const { email, password } = await newMember(identity)
  const { deviceToken } = await newMember(identity)
  expect((await login({ email, password, deviceToken })).body.mfaRequired).toBe(true)
})

test('a browser is known by its cookie, not by what the body says', async () => {
  const { email, password, deviceToken } = await newMember(identity)
  const headers = cookieMode
  const known = await login({ email, password }, { headers, cookies: { [deviceCookie]: deviceToken } })
  expect(known.body.member.email).toBe(email)
  expect(cookieIn(known.cookies, deviceCookie)).toBe('')
  expect((await login({ email, password, deviceToken }, { headers })).body.mfaRequired).toBe(true)
})

test('a mailed code is good once, for its own sign-in, and for ten minutes', async () => {
  const { email, password } = await newMember(identity)
  const first = (await login({ email, password })).body.challengeId
  const code = await lastCode(email)
  const second = (await login({ email, password })).body.challengeId
  const other = await lastCode(email)
  if (other !== code) {
    expect((await mfa({ challengeId: second, method: 'email', code })).body.code).toBe('code_invalid')
  }
  expect((await mfa({ challengeId: first, method: 'email', code })).status).toBe(200)
  expect((await mfa({ challengeId: first, method: 'email', code })).body.code).toBe('challenge_invalid')
  identity.clock.advance(10 * 60_000)
  expect((await mfa({ challengeId: second, method: 'email', code: other })).body.code).toBe(
    'challenge_invalid',
  )
})

test('a right code sent twice at once opens one session', async () => {
  const { email, password, actor } = await newMember(identity)
  const { challengeId } = (await login({ email, password })).body
  const code = await lastCode(email)
  const send = () => mfa({ challengeId, method: 'email', code })
  const answers = await Promise.all([send(), send(), send()])
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401, 401])
  const { body } = await identity.ask('GET', '/api/v1/auth/sessions', { actor })
  expect(body.data).toHaveLength(2)
})

test('after five wrong codes the right one comes too late', async () => {
  const { email, password } = await newMember(identity)
  const { challengeId } = (await login({ email, password })).body
  const code = await lastCode(email)
  const wrong = code === '000000' ? '111111' : '000000'
  for (let i = 0; i < 5; i++) {
    expect((await mfa({ challengeId, method: 'email', code: wrong })).body.code).toBe('code_invalid')
  }
  expect((await mfa({ challengeId, method: 'email', code })).body.code).toBe('challenge_invalid')
})

test('a method that was not offered is refused', async () => {
  const { email, password } = await newMember(identity)
  const { challengeId } = (await login({ email, password })).body
  expect((await mfa({ challengeId, method: 'totp', code: '123456' })).body.code).toBe('challenge_invalid')
})

test('guesses are slowed down more and more, however many come at once, and the owner’s device is not', async () => {
  const { email, password, deviceToken } = await newMember(identity)
  const guesses = await Promise.all(
    Array.from({ length: 12 }, () => login({ email, password: 'a wrong password' })),
  )
  expect(guesses.filter((guess) => guess.status === 401)).toHaveLength(6)
  const slowed = guesses.find((guess) => guess.status === 429)
  expect(slowed?.body).toMatchObject({ code: 'too_many_requests', retryAfterSeconds: 1 })
  expect((await login({ email, password })).status).toBe(429)
  expect((await login({ email, password, deviceToken })).status).toBe(200)
  identity.clock.advance(1_000)
  await login({ email, password: 'a wrong password' })
  expect((await login({ email, password: 'a wrong password' })).body.retryAfterSeconds).toBe(2)
})

test('a member has at most fifty sessions: the one used longest ago ends for a new one', async () => {
  const { email, password, deviceToken, actor } = await newMember(identity)
  let latest = actor
  for (let i = 0; i < 50; i++) {
    identity.clock.advance(1_000)
    latest = actorOf((await login({ email, password, deviceToken })).body.accessToken)
  }
  const { body } = await identity.ask('GET', '/api/v1/auth/sessions?limit=100', { actor: latest })
  expect(body.data).toHaveLength(50)
  expect(body.data.map((session: { id: string }) => session.id)).not.toContain(actor.sessionId)
  expect(await identity.outbox(`$KV.revoked-sessions.session.${actor.sessionId}`)).toHaveLength(1)
}, 30_000)
