import { afterAll, beforeAll, expect, test } from 'bun:test'
import {
  confirmationLink,
  newAccount,
  registration,
  startIdentity,
  type TestIdentity,
} from '../fixture/identity.sample.ts'
import { addressDigests, findPending } from './store.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startIdentity()
}, 30_000)
afterAll(() => identity.stop())

const register = (partial: Record<string, unknown> = {}) =>
  identity.ask('POST', '/api/v1/auth/register', { body: registration(partial) })
const pendingOf = (email: string) =>
  findPending(identity.deps.db.primary, addressDigests(identity.deps.keyring, email), 100)

test('registering a known address answers exactly as registering an unknown one, and tells its owner', async () => {
  const person = registration()
  const first = await register(person)
  await identity.ask('POST', '/api/v1/auth/verify-email', {
    body: { token: await confirmationLink(identity, person.email) },
  })
  const again = await register({ email: person.email.toUpperCase(), displayName: 'Eve' })
  expect(first.status).toBe(202)
  expect(first.body).toEqual({ status: 'confirmation_sent' })
  expect(again.status).toBe(first.status)
  expect(again.body).toEqual(first.body)
  expect([...again.headers]).toEqual([...first.headers])
  const toOwner = (await identity.mails()).filter((mail) => mail?.to === person.email)
  expect(toOwner.map((mail) => mail?.kind)).toContain('address_known')
  expect(toOwner.find((mail) => mail?.kind === 'address_known')).toMatchObject({ link: null, code: null })
})

test('who is a day too young is refused, and on the day of the birthday is not', async () => {
  expect((await register({ birthDate: '2008-11-25' })).body.code).toBe('under_age')
  expect((await register({ birthDate: '2008-11-24' })).status).toBe(202)
})

test('a required consent that is missing is named', async () => {
  const answer = await register({ consents: { terms: true, privacy: true, sensitiveData: false } })
  expect(answer.status).toBe(422)
  expect(answer.body).toMatchObject({ code: 'consent_required' })
  expect(answer.body.detail).toContain('sensitiveData')
})

test('a weak password, an address that cannot exist and a day that never was are refused', async () => {
  expect((await register({ password: 'Password123!' })).body.code).toBe('password_too_weak')
  for (const [path, partial] of [
    ['/birthDate', { birthDate: '1994-02-30' }],
    ['/email', { email: 'no address' }],
    ['/email', { email: 'ada@xn--a.com' }],
    ['/displayName', { displayName: '   ' }],
    ['/displayName', { displayName: '\u200b' }],
    ['/displayName', { displayName: '\u0958'.repeat(21) }],
  ] as const) {
    const { status, body } = await register(partial)
    expect([status, body.code, body.fields?.[0]?.path]).toEqual([422, 'validation_failed', path])
  }
})

test('mails to a member are in the language that was registered with, or else in English', async () => {
  for (const [partial, locale] of [
    [{ locale: 'de' }, 'de'],
    [{ locale: 'ar' }, 'ar'],
    [{}, 'en'],
  ] as const) {
    const { email, password } = await newAccount(identity, partial)
    await identity.ask('POST', '/api/v1/auth/password/forgot', { body: { email } })
    // Its owner is told in the owner's language, whatever a stranger speaks.
    await register({ email, password, locale: 'ar' })
    const mails = (await identity.mails()).filter((mail) => mail?.to === email)
    expect(mails.map((mail) => mail?.kind)).toEqual(
      expect.arrayContaining(['reset_password', 'address_known']),
    )
    for (const mail of mails) expect(mail?.locale).toBe(locale)
  }
  const waiting = registration({ locale: 'ar' })
  await register(waiting)
  const [first] = (await identity.mails()).filter((mail) => mail?.to === waiting.email)
  expect(first).toMatchObject({ kind: 'confirm_address', locale: 'ar' })
})

test('a language that Accord does not speak is refused', async () => {
  for (const locale of ['fr', 'de-CH', 'EN', '', null]) {
    const { status, body } = await register({ locale })
    expect([status, body.code, body.fields?.[0]?.path]).toEqual([422, 'validation_failed', '/locale'])
  }
})

test('an unknown field is refused, and no value is repeated in the answer', async () => {
  const answer = await register({ staff: true, password: 'hunter2' })
  expect(answer.status).toBe(422)
  expect(JSON.stringify(answer.body)).not.toContain('hunter2')
})

test('address and birth date are not readable in the database, and no event carries them', async () => {
  const person = registration({ displayName: 'Marguerite' })
  await register(person)
  const rows = await identity.deps.db.primary.selectFrom('accounts').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(person.email)
  const told = JSON.stringify(await identity.outbox('evt.'))
  for (const secret of [person.email, person.birthDate, 'Marguerite']) expect(told).not.toContain(secret)
})

test('a mailed token is in no event, and not in the database in readable form', async () => {
  const person = registration()
  await register(person)
  const token = await confirmationLink(identity, person.email)
  expect(token.length).toBeGreaterThan(40)
  expect(JSON.stringify(await identity.outbox(''))).not.toContain(token)
  const mails = await identity.deps.db.primary.selectFrom('mail_requests').selectAll().execute()
  expect(mails.map((row) => row.secret_sealed?.toString('latin1')).join()).not.toContain(token)
})

/** How many mails have been asked for, also those of registrations that are gone. */
const mailsAskedFor = async () => (await identity.outbox('evt.identity.mail.requested.')).length

test('one address waits for confirmation at most five times at once, the oldest gives way', async () => {
  const person = registration()
  const ids: string[] = []
  for (let i = 0; i < 7; i++) {
    expect((await register(person)).status).toBe(202)
    ids.push((await pendingOf(person.email))[0]?.id ?? '')
  }
  expect((await pendingOf(person.email)).map(({ id }) => id)).toEqual(ids.slice(2).reverse())
})

test('strangers who register an address do not keep its owner out', async () => {
  const owner = registration()
  for (let i = 0; i < 5; i++) await register({ ...owner, password: `a guess of strangers, ${i}` })
  await register(owner)
  await identity.ask('POST', '/api/v1/auth/verify-email/resend', { body: { email: owner.email } })
  const token = await confirmationLink(identity, owner.email)
  expect((await identity.ask('POST', '/api/v1/auth/verify-email', { body: { token } })).status).toBe(200)
  const { email, password } = owner
  expect((await identity.ask('POST', '/api/v1/auth/login', { body: { email, password } })).status).toBe(200)
})

test('an address gets no more than five links an hour by registering, and five by asking again', async () => {
  const person = registration()
  const before = await mailsAskedFor()
  for (let i = 0; i < 8; i++) {
    await register(person)
    await identity.ask('POST', '/api/v1/auth/verify-email/resend', { body: { email: person.email } })
  }
  expect((await mailsAskedFor()) - before).toBe(10)
  identity.clock.advance(60 * 60_000)
  await register(person)
  expect((await mailsAskedFor()) - before).toBe(11)
})

test('an address that many register at the same moment gets no more than five links', async () => {
  const person = registration()
  const before = await mailsAskedFor()
  const answers = await Promise.all(Array.from({ length: 12 }, () => register(person)))
  expect(answers.every(({ status }) => status === 202)).toBe(true)
  expect((await mailsAskedFor()) - before).toBe(5)
  expect(await pendingOf(person.email)).toHaveLength(5)
})
