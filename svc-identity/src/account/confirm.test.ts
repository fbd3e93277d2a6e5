import { afterAll, beforeAll, expect, test } from 'bun:test'
import {
  confirmationLink,
  newMember,
  registration,
  startIdentity,
  type TestIdentity,
  tokenIn,
} from '../fixture/identity.sample.ts'
import { mintToken } from '../opaque-token.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startIdentity()
}, 30_000)
afterAll(() => identity.stop())

const day = 24 * 60 * 60_000
const confirm = (token: string) => identity.ask('POST', '/api/v1/auth/verify-email', { body: { token } })
const resend = (email: string) =>
  identity.ask('POST', '/api/v1/auth/verify-email/resend', { body: { email } })

async function registered() {
  const person = registration()
  await identity.ask('POST', '/api/v1/auth/register', { body: person })
  return { ...person, token: await confirmationLink(identity, person.email) }
}

test('a link confirms once; used again it is refused', async () => {
  const { token } = await registered()
  expect(await confirm(token)).toMatchObject({ status: 200, body: { status: 'confirmed' } })
  expect(await confirm(token)).toMatchObject({ status: 410, body: { code: 'link_invalid' } })
})

test('a link clicked twice at once confirms once', async () => {
  const { token } = await registered()
  const answers = await Promise.all([confirm(token), confirm(token), confirm(token)])
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410, 410])
})

test('a link older than a day is refused', async () => {
  const { token } = await registered()
  identity.clock.advance(day)
  expect((await confirm(token)).status).toBe(410)
})

test('a token of nobody, of another kind or no token at all is refused', async () => {
  for (const token of [mintToken(crypto.randomUUID()).token, 'x', '../../etc/passwd', 'A'.repeat(64)]) {
    expect((await confirm(token)).body.code, token).toBe('link_invalid')
  }
})

test('confirming says so to the others, with the facts they may know', async () => {
  const { member } = await newMember(identity)
  const confirmed = await identity.outbox(`evt.identity.member.confirmed.${member.id}`)
  const facts = await identity.outbox(`evt.identity.profile.changed.${member.id}`)
  expect(confirmed).toHaveLength(1)
  expect(JSON.parse(facts[0]?.payload ?? '{}').data).toMatchObject({
    role: 'companion',
    birthMonth: '1994-05',
    visible: false,
  })
})

test('who confirms first has the address; other registrations of it are gone', async () => {
  const first = registration()
  await identity.ask('POST', '/api/v1/auth/register', { body: first })
  const early = await confirmationLink(identity, first.email)
  await identity.ask('POST', '/api/v1/auth/register', {
    body: { ...first, password: 'the password of another' },
  })
  const late = await confirmationLink(identity, first.email)
  const answers = await Promise.all([confirm(early), confirm(late)])
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410])
  const left = await identity.deps.db.primary
    .selectFrom('accounts')
    .select('status')
    .where('email_digest', 'in', (query) =>
      query
        .selectFrom('email_claims')
        .innerJoin('accounts as holder', 'holder.id', 'email_claims.member_id')
        .select('holder.email_digest')
        .orderBy('claimed_at', 'desc')
        .limit(1),
    )
    .execute()
  expect(left).toEqual([{ status: 'active' }])
})

test('sending the link again answers the same for everybody, and both links work', async () => {
  const { email, token } = await registered()
  const known = await resend(email)
  const unknown = await resend('nobody@example.com')
  const { email: confirmed } = await newMember(identity)
  const done = await resend(confirmed)
  for (const answer of [known, unknown, done]) {
    expect(answer).toMatchObject({ status: 202, body: { status: 'confirmation_sent' } })
  }
  expect(await confirmationLink(identity, email)).not.toBe(token)
  expect((await confirm(token)).status).toBe(200)
})

test('nobody is sent more than five links in an hour', async () => {
  const { email } = await registered()
  for (let i = 0; i < 8; i++) await resend(email)
  const sent = () => identity.mails().then((mails) => mails.filter((mail) => mail?.to === email).length)
  expect(await sent()).toBe(6)
  identity.clock.advance(60 * 60_000)
  await resend(email)
  expect(await sent()).toBe(7)
})

test('a mail whose link was used or has expired is not to be sent any more', async () => {
  const { email, token } = await registered()
  await confirm(token)
  const { email: other } = await registered()
  identity.clock.advance(day)
  const due = (await identity.mails()).filter((mail) => mail?.to === email || mail?.to === other)
  expect(due).toEqual([])
})

test('a mail says where it goes and until when its link works', async () => {
  const { email } = await registered()
  const mail = (await identity.mails()).findLast((candidate) => candidate?.to === email)
  expect(mail).toMatchObject({ kind: 'confirm_address', displayName: 'Ada', locale: 'en', code: null })
  expect(mail?.link).toStartWith('http://localhost:8080/confirm?token=')
  expect(tokenIn(mail?.link).length).toBeGreaterThan(40)
  expect(Date.parse(mail?.expiresAt ?? '') - identity.clock().getTime()).toBe(day)
})
