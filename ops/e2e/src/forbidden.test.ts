import { beforeAll, describe, expect, test } from 'bun:test'
import { type IdPrefix, newId } from '@accord/contracts/id'
import { type Answer, type Ask, createApi, expecting, type Json } from './api.ts'
import { createForger, type TokenFlaws } from './forged-token.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { type DocumentedOperation, operationsOf, pathWith } from './operation.ts'
import { join, type Person, portrait } from './person.ts'
import { runningStack } from './stack.ts'

const stack = runningStack()
const api = createApi(stack.gateway)
const marker = 'never-say-this-again'
const document: Json = await expecting(200, api('/openapi.json'))
const operations = operationsOf(document)

let member: Person
let stranger: { photo: string; session: string; person: Person }
let forge: (flaws: TokenFlaws) => Promise<string>
let cookies: string

/** One row a case: which operations it is about, what is sent, and which answers are right. Read from the document, so a new operation is in it. */
const cases: {
  title: string
  about: (operation: DocumentedOperation) => boolean
  send: (operation: DocumentedOperation) => Promise<Ask>
  path?: (operation: DocumentedOperation) => string
  right: readonly { status: number; code: string }[]
}[] = [
  {
    title: 'without a token',
    about: needsActor,
    send: async () => ({}),
    right: [{ status: 401, code: 'unauthenticated' }],
  },
  {
    title: 'with an expired token',
    about: needsActor,
    send: async () => ({ token: await forge({ expiresIn: -60 }) }),
    right: [{ status: 401, code: 'token_expired' }],
  },
  {
    title: 'with a token for another audience',
    about: needsActor,
    send: async () => ({ token: await forge({ audience: 'another-api' }) }),
    right: [{ status: 401, code: 'unauthenticated' }],
  },
  {
    title: 'with a token of another kind',
    about: needsActor,
    send: async () => ({ token: await forge({ type: 'JWT' }) }),
    right: [{ status: 401, code: 'unauthenticated' }],
  },
  {
    title: 'with cookies but without the header of our own pages',
    about: (operation) => needsActor(operation) && isWrite(operation),
    send: async () => ({ headers: { cookie: cookies, origin: new URL(stack.gateway).origin } }),
    right: [{ status: 403, code: 'csrf_refused' }],
  },
  {
    title: 'with cookies from another site',
    about: (operation) => needsActor(operation) && isWrite(operation),
    send: async () => ({
      headers: { cookie: cookies, origin: 'https://elsewhere.example', 'accord-csrf': '1' },
    }),
    right: [{ status: 403, code: 'csrf_refused' }],
  },
  {
    title: 'with another content type',
    about: (operation) => takesJson(operation) || operation.rules.upload !== undefined,
    send: async () => ({ token: member.token, raw: { bytes: '{}', type: 'text/plain' } }),
    right: [{ status: 415, code: 'unsupported_media_type' }],
  },
  {
    title: 'with a body that is too large',
    about: takesJson,
    send: async ({ rules }) => ({
      token: member.token,
      raw: { bytes: `{"a":"${'x'.repeat(rules.maxBodyBytes)}"}`, type: 'application/json' },
    }),
    right: [{ status: 413, code: 'payload_too_large' }],
  },
  {
    title: 'with malformed JSON',
    about: takesJson,
    send: async () => ({ token: member.token, raw: { bytes: `{"${marker}": `, type: 'application/json' } }),
    right: [{ status: 400, code: 'malformed_request' }],
  },
  {
    title: 'with an unknown field',
    about: takesJson,
    send: async () => ({ token: member.token, body: { surprise: marker } }),
    right: [{ status: 422, code: 'validation_failed' }],
  },
  {
    title: 'for an object of another member',
    about: (operation) =>
      needsActor(operation) && operation.parameters.some(({ prefix }) => prefix !== null && prefix !== 'mem'),
    path: (operation) => pathWith(operation, ownedByAnother),
    send: async (operation) => ({
      token: member.token,
      ...(operation.takesJson ? { body: bodyFor(operation) } : {}),
    }),
    right: [{ status: 404, code: 'not_found' }],
  },
]

beforeAll(async () => {
  const mailbox = openMailbox(stack.mailbox)
  const [first, second] = await Promise.all([
    join(api, mailbox, { role: 'companion', name: 'Nora' }),
    join(api, mailbox, { role: 'benefactor', name: 'Emil' }),
  ])
  member = first
  forge = await createForger(stack, member.id)
  cookies = await cookiesOf(mailbox, member)
  const photo = await expecting(
    201,
    api('/api/v1/users/profile/photos', {
      token: second.token,
      raw: { bytes: await portrait(), type: 'image/jpeg' },
    }),
  )
  const sessions = await expecting(200, api('/api/v1/auth/sessions', { token: second.token }))
  stranger = { photo: photo.id, session: sessions.data[0].id, person: second }
}, 60_000)

for (const forbidden of cases) {
  describe(forbidden.title, () => {
    for (const operation of operations.filter(forbidden.about)) {
      test(`${operation.id} refuses`, async () => {
        const path = forbidden.path?.(operation) ?? pathWith(operation, (prefix) => newId(prefix as IdPrefix))
        const answer = await api(path, { method: operation.method, ...(await forbidden.send(operation)) })
        expect(forbidden.right).toContainEqual({ status: answer.status, code: answer.body.code })
        expectProblem(answer)
      })
    }
  })
}

test('the table covers every operation that needs somebody signed in', () => {
  expect(operations.filter(needsActor).length).toBeGreaterThan(30)
  for (const operation of operations) expect(operation.rules, operation.id).toBeDefined()
})

test('what is nowhere is a problem document too', async () => {
  const answer = await api('/api/v1/nowhere', { token: member.token })
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 404, code: 'not_found' })
  expectProblem(answer)
})

test('the objects of the other member are still there', async () => {
  const profile = await expecting(200, api('/api/v1/users/profile', { token: stranger.person.token }))
  expect(profile.photos.map((photo: Json) => photo.id)).toEqual([stranger.photo])
})

function expectProblem(answer: Answer): void {
  expect(answer.headers.get('content-type')).toStartWith('application/problem+json')
  expect(answer.body).toMatchObject({
    status: answer.status,
    code: expect.any(String),
    requestId: expect.any(String),
  })
  expect(JSON.stringify(answer.body)).not.toContain(marker)
}

function needsActor({ rules }: DocumentedOperation): boolean {
  return ['member', 'step-up', 'staff'].includes(rules.access)
}

/** Other companies' servers send what they send: their bodies are proven by signature, not by form. */
function takesJson(operation: DocumentedOperation): boolean {
  return operation.takesJson && operation.rules.access !== 'webhook'
}

function isWrite({ method }: DocumentedOperation): boolean {
  return method !== 'GET'
}

function ownedByAnother(prefix: string): string {
  if (prefix === 'pho') return stranger.photo
  if (prefix === 'ses') return stranger.session
  return newId(prefix as IdPrefix)
}

/** A body that would be accepted, for operations on somebody's object: the refusal must be about the object. */
function bodyFor({ id }: DocumentedOperation): Json {
  if (id === 'sendMessage') return { clientMessageId: 'forbidden-1', text: 'Hello' }
  if (id === 'editMessage') return { text: 'Hello' }
  if (id === 'markRead') return { upToSeq: 1 }
  return {}
}

/** Signs in as a browser does that is new to the account: with a mailed code, into cookies. */
async function cookiesOf(mailbox: Mailbox, who: Person): Promise<string> {
  const headers = { 'accord-session': 'cookie', 'accord-csrf': '1', origin: new URL(stack.gateway).origin }
  const { email, password } = who
  const challenge = await expecting(200, api('/api/v1/auth/login', { body: { email, password }, headers }))
  const mail = await mailbox.mailTo(email, /code/i)
  const code = /\b\d{6}\b/.exec(mail.text)?.[0]
  const answer = await api('/api/v1/auth/mfa', {
    body: { challengeId: challenge.challengeId, method: 'email', code },
    headers,
  })
  expect(answer.status).toBe(200)
  expect(answer.body.accessToken).toBeUndefined()
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  return cookies.join('; ')
}
