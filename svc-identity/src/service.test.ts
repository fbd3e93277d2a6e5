import { afterAll, beforeAll, expect, test } from 'bun:test'
import { contact, mail } from '@accord/contracts/call/identity'
import { fromUuid, type IdOf } from '@accord/contracts/id'
import { kvBuckets } from '@accord/contracts/stream'
import { createCaller } from '@accord/kit/call'
import { decodeResponse, encodeRequest } from '@accord/kit/http/wire'
import { createLogger } from '@accord/kit/log'
import { type RunningService, startService } from '@accord/kit/service'
import {
  createTestDatabase,
  startTestNats,
  type TestDatabase,
  type TestNats,
  type TestRedis,
  testActorKeys,
  testKeyring,
  testRedis,
} from '@accord/stack/harness'
import { Kvm } from '@nats-io/kv'
import type { NatsConnection } from '@nats-io/nats-core'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { loadConfig } from './config.ts'
import type { Database } from './db.ts'
import { actorOf, registration, tokenIn } from './fixture/identity.sample.ts'
import { createIdentity } from './service.ts'

const migrations = new URL('../migrations', import.meta.url).href
const keys = testActorKeys()
const keyring = testKeyring()
let nats: TestNats
let database: TestDatabase
let redis: TestRedis
let gateway: NatsConnection
let services: RunningService<Database>[]

beforeAll(async () => {
  ;[nats, database, redis] = await Promise.all([
    startTestNats(),
    createTestDatabase('identity', migrations),
    testRedis(),
  ])
  gateway = await nats.connect('gateway')
  const config = loadConfig({
    DATABASE_URL: database.url,
    NATS_URL: nats.url,
    NATS_SEED: nats.seedOf('identity'),
    REDIS_URL: redis.url,
    REDIS_PREFIX: redis.prefix,
    LOG_LEVEL: 'error',
    ACTOR_PUBLIC_KEY: keys.publicKey,
    KEYRING_FILE: keyring.file,
    PUBLIC_URL: 'http://localhost:8080',
    MEDIA_SIGNING_KEY: Buffer.alloc(32, 1).toString('base64url'),
    EVEN_ANSWER_MS: '0',
  })
  const start = () =>
    startService<Database>({
      name: 'identity',
      config,
      migrations,
      log: createLogger({ service: 'identity', level: 'error' }),
      start: (base) => createIdentity(base, config),
    })
  services = await Promise.all([start(), start()])
}, 30_000)

afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()))
  await Promise.all([nats.stop(), database.drop(), redis.stop()])
  keyring.remove()
})

async function ask(operation: string, method: string, target: string, body?: object, actor?: string) {
  const { headers, data } = encodeRequest({
    method,
    target,
    requestId: crypto.randomUUID(),
    address: '192.0.2.1',
    userAgent: 'test',
    headers: {},
    ...(actor === undefined ? {} : { actor }),
    ...(body === undefined ? {} : { contentType: 'application/json' }),
    body: new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body)),
  })
  const reply = await gateway.request(`http.identity.${operation}`, data, { headers, timeout: 5_000 })
  const { status, body: bytes } = decodeResponse(reply)
  return { status, body: bytes.length === 0 ? null : JSON.parse(new TextDecoder().decode(bytes)) }
}

test('somebody registers, notify gets the mail, and the gateway verifies the token and sees its end', async () => {
  const notify = await nats.connect('notify')
  const call = createCaller(notify, { log: createLogger({ service: 'notify', level: 'error' }) })
  const person = registration({ locale: 'de' })
  expect((await ask('register', 'POST', '/api/v1/auth/register', person)).status).toBe(202)

  const db = services[0]?.base.db.primary
  if (!db) throw new Error('no service runs')
  const row = await db.selectFrom('mail_requests').select('id').executeTakeFirstOrThrow()
  const mailId: IdOf<'eml'> = fromUuid('eml', row.id)
  const { mail: due } = await call(mail, { mailId })
  expect(due).toMatchObject({ to: person.email, locale: 'de' })

  const token = tokenIn(due?.link)
  expect((await ask('verifyEmail', 'POST', '/api/v1/auth/verify-email', { token })).status).toBe(200)
  expect(await call(mail, { mailId })).toEqual({ mail: null })

  const { email, password } = person
  const { body } = await ask('login', 'POST', '/api/v1/auth/login', { email, password })
  expect(await call(contact, { memberId: body.member.id })).toEqual({
    contact: { email, displayName: 'Ada', locale: 'de' },
  })

  await Promise.all(services.map((service) => service.relay.idle()))
  const jwks = await (await new Kvm(gateway).open(kvBuckets.jwks.name)).get('current')
  const { payload } = await jwtVerify(body.accessToken, createLocalJWKSet(jwks?.json() ?? { keys: [] }))
  expect(payload.sub).toBe(body.member.id)

  const actor = actorOf(body.accessToken)
  const assertion = await keys.assert(actor, 'identity')
  expect((await ask('logout', 'POST', '/api/v1/auth/logout', undefined, assertion)).status).toBe(204)
  await Promise.all(services.map((service) => service.relay.idle()))
  const revoked = await (await new Kvm(gateway).open(kvBuckets.revokedSessions.name)).get(
    `session.${actor.sessionId}`,
  )
  expect(revoked?.json<{ notBefore: number }>().notBefore).toBeGreaterThan(payload.iat ?? 0)
}, 20_000)

test('both instances sign with the same key', async () => {
  const db = services[0]?.base.db.primary
  const rows = await db?.selectFrom('signing_keys').select(['kid', 'state']).execute()
  expect(rows).toHaveLength(1)
})
