import { afterAll, beforeAll, expect, test } from 'bun:test'
import { generate } from 'otplib'
import { actorOf, newMember, startIdentity, type TestIdentity } from '../fixture/identity.sample.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startIdentity()
}, 30_000)
afterAll(() => identity.stop())

const codeOf = (secret: string) => generate({ secret, epoch: Math.floor(identity.clock().getTime() / 1000) })
const login = (body: object) => identity.ask('POST', '/api/v1/auth/login', { body })
const mfa = (body: object) => identity.ask('POST', '/api/v1/auth/mfa', { body })
const nextStep = () => identity.clock.advance(30_000)

async function withTotp() {
  const member = await newMember(identity)
  const { actor } = member
  const { secret } = (await identity.ask('POST', '/api/v1/auth/totp', { actor, body: {} })).body
  const code = await codeOf(secret)
  const { body } = await identity.ask('POST', '/api/v1/auth/totp/confirm', { actor, body: { code } })
  const challenge = async () => {
    const { email, password } = member
    return (await login({ email, password })).body.challengeId as string
  }
  return { ...member, secret, code, recoveryCodes: body.recoveryCodes as string[], challenge }
}

test('enrolment gives a secret and its address, and counts for nothing before its first code', async () => {
  const { actor, email, password, deviceToken } = await newMember(identity)
  const { status, body } = await identity.ask('POST', '/api/v1/auth/totp', { actor, body: {} })
  expect(status).toBe(200)
  expect(body.otpauthUri).toStartWith(`otpauth://totp/Accord:${encodeURIComponent(email)}?`)
  expect(body.otpauthUri).toContain(`secret=${body.secret}`)
  expect((await login({ email, password, deviceToken })).body.member.totpEnabled).toBe(false)
  const rows = await identity.deps.db.primary.selectFrom('totp_seeds').selectAll().execute()
  expect(rows.map((row) => row.seed_sealed.toString('latin1')).join()).not.toContain(body.secret)
})

test('enrolment needs a recent sign-in or the password', async () => {
  const { actor, password } = await newMember(identity)
  identity.clock.advance(10 * 60_000 + 1_000)
  const start = (body: object) => identity.ask('POST', '/api/v1/auth/totp', { actor, body })
  expect((await start({})).body.code).toBe('step_up_required')
  expect((await start({ password: 'not the password' })).body.code).toBe('invalid_credentials')
  expect((await start({ password })).status).toBe(200)
})

test('the first code turns it on and shows ten recovery codes, once', async () => {
  const { actor, secret, recoveryCodes } = await withTotp()
  expect(recoveryCodes).toHaveLength(10)
  nextStep()
  const again = await identity.ask('POST', '/api/v1/auth/totp/confirm', {
    actor,
    body: { code: await codeOf(secret) },
  })
  expect(again.body.code).toBe('totp_already_enabled')
  expect((await identity.ask('POST', '/api/v1/auth/totp', { actor, body: {} })).body.code).toBe(
    'totp_already_enabled',
  )
})

test('a wrong first code is refused, and without an enrolment there is nothing to confirm', async () => {
  const { actor } = await newMember(identity)
  const confirm = (code: string) =>
    identity.ask('POST', '/api/v1/auth/totp/confirm', { actor, body: { code } })
  expect((await confirm('123456')).body.code).toBe('totp_not_enabled')
  const { secret } = (await identity.ask('POST', '/api/v1/auth/totp', { actor, body: {} })).body
  const wrong = (await codeOf(secret)) === '000000' ? '111111' : '000000'
  expect((await confirm(wrong)).body.code).toBe('code_invalid')
  expect((await confirm(await codeOf(secret))).status).toBe(200)
})

test('a member with a second factor is asked for it, also on a device that is known', async () => {
  const { email, password, deviceToken } = await withTotp()
  const { body } = await login({ email, password, deviceToken })
  expect(body).toMatchObject({ mfaRequired: true, methods: ['totp', 'recovery'] })
})

test('turning it on ends the trust in devices, and sign-ins that wait for a mailed code', async () => {
  const { actor, email, password } = await newMember(identity)
  const mailedCode = async () =>
    (await identity.mails()).findLast((mail) => mail?.to === email && mail.kind === 'login_code')?.code
  const first = (await login({ email, password })).body
  const { deviceToken } = (
    await mfa({
      challengeId: first.challengeId,
      method: 'email',
      code: await mailedCode(),
      trustDevice: true,
    })
  ).body
  const { challengeId } = (await login({ email, password })).body
  const code = await mailedCode()

  const { secret } = (await identity.ask('POST', '/api/v1/auth/totp', { actor, body: {} })).body
  await identity.ask('POST', '/api/v1/auth/totp/confirm', { actor, body: { code: await codeOf(secret) } })

  expect((await login({ email, password, deviceToken })).body.methods).toEqual(['totp', 'recovery'])
  expect((await mfa({ challengeId, method: 'email', code })).body.code).toBe('challenge_invalid')
})

test('a code is accepted once', async () => {
  const { challenge, secret, code: first } = await withTotp()
  const reused = await mfa({ challengeId: await challenge(), method: 'totp', code: first })
  expect(reused.body.code).toBe('code_invalid')
  nextStep()
  const code = await codeOf(secret)
  const [one, two] = [await challenge(), await challenge()]
  const answers = await Promise.all(
    [one, two].map((challengeId) => mfa({ challengeId, method: 'totp', code })),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401])
})

test('a recovery code is accepted once, however it is typed', async () => {
  const { challenge, recoveryCodes } = await withTotp()
  const code = (recoveryCodes[0] ?? '').toLowerCase().replace('-', ' ')
  const [one, two] = [await challenge(), await challenge()]
  const answers = await Promise.all(
    [one, two].map((challengeId) => mfa({ challengeId, method: 'recovery', code })),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401])
})

test('the session says how the member proved who they are', async () => {
  const { challenge, secret } = await withTotp()
  nextStep()
  const { body } = await mfa({ challengeId: await challenge(), method: 'totp', code: await codeOf(secret) })
  const [, claims] = body.accessToken.split('.')
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).amr).toEqual(['pwd', 'otp', 'mfa'])
})

test('on a device that its member trusts it is not asked for thirty days', async () => {
  const { email, password, challenge, secret } = await withTotp()
  nextStep()
  const { body } = await mfa({
    challengeId: await challenge(),
    method: 'totp',
    code: await codeOf(secret),
    trustDevice: true,
  })
  const { deviceToken } = body
  expect((await login({ email, password, deviceToken })).body.accessToken).toBeString()
  identity.clock.advance(30 * 24 * 60 * 60_000)
  expect((await login({ email, password, deviceToken })).body.mfaRequired).toBe(true)
})

test('guesses at a second factor are slowed down across sign-ins', async () => {
  const { challenge } = await withTotp()
  const outcomes: string[] = []
  for (let i = 0; i < 3; i++) {
    const challengeId = await challenge()
    for (let j = 0; j < 3; j++) {
      outcomes.push((await mfa({ challengeId, method: 'recovery', code: 'AAAAA-AAAAA' })).body.code)
    }
  }
  expect(outcomes.filter((outcome) => outcome === 'code_invalid')).toHaveLength(6)
  expect(outcomes.at(-1)).toBe('too_many_requests')
})

test('guesses from elsewhere do not slow down the second factor on a device of the member’s own', async () => {
  const { email, password, deviceToken, challenge, secret } = await withTotp()
  nextStep()
  for (let i = 0; i < 6; i++) {
    await mfa({ challengeId: await challenge(), method: 'recovery', code: 'AAAAA-AAAAA' })
  }
  const code = await codeOf(secret)
  const { challengeId } = (await login({ email, password, deviceToken })).body
  expect((await mfa({ challengeId, method: 'totp', code })).body.code).toBe('too_many_requests')
  expect((await mfa({ challengeId, method: 'totp', code, deviceToken })).status).toBe(200)
})

test('turning it off needs a recent sign-in, ends the trust in devices, and tells the owner', async () => {
  const { actor, email, password, challenge, secret } = await withTotp()
  const remove = (by: typeof actor) => identity.ask('DELETE', '/api/v1/auth/totp', { actor: by })
  identity.clock.advance(10 * 60_000 + 1_000)
  expect((await remove(actor)).body.code).toBe('step_up_required')
  const { body } = await mfa({
    challengeId: await challenge(),
    method: 'totp',
    code: await codeOf(secret),
    trustDevice: true,
  })
  const fresh = actorOf(body.accessToken)
  expect((await remove(fresh)).status).toBe(204)
  expect((await remove(fresh)).body.code).toBe('totp_not_enabled')
  const devices = await identity.ask('GET', '/api/v1/auth/devices', { actor: fresh })
  expect(devices.body.data.some((device: { trusted: boolean }) => device.trusted)).toBe(false)
  expect((await login({ email, password, deviceToken: body.deviceToken })).body.member.totpEnabled).toBe(
    false,
  )
  const notices = (await identity.mails()).filter(
    (mail) => mail?.to === email && mail.kind === 'security_notice',
  )
  expect(notices).toHaveLength(2)
})
