import { afterAll, beforeAll, expect, test } from 'bun:test'
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
import { decodeResponse, encodeRequest } from './http/wire.ts'

let nats: TestNats
let database: TestDatabase
let redis: TestRedis
const keyring = testKeyring()

beforeAll(async () => {
  ;[nats, database, redis] = await Promise.all([
    startTestNats(),
    createTestDatabase('match', `${import.meta.dir}/fixture/migrations`),
    testRedis(),
  ])
}, 60_000)
afterAll(async () => {
  await Promise.all([nats?.stop(), redis?.stop(), database?.drop()])
  keyring.remove()
})

/** A service as a process; its log lines can be waited for. */
function launch(changes: Record<string, string> = {}) {
  const child = Bun.spawn([process.execPath, `${import.meta.dir}/fixture/service-process.sample.ts`], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
      NATS_SEED: nats.seedOf('match'),
      REDIS_URL: redis.url,
      REDIS_PREFIX: redis.prefix,
      ACTOR_PUBLIC_KEY: testActorKeys().publicKey,
      KEYRING_FILE: keyring.file,
      PUBLIC_URL: 'http://localhost:8080',
      ...changes,
    },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const lines: string[] = []
  const reading = read(child.stdout, lines)
  return {
    child,
    lines,
    /** Resolves with the first line that holds this text; rejects when the process ends without it. */
    async line(text: string): Promise<string> {
      for (;;) {
        const found = lines.find((line) => line.includes(text))
        if (found) return found
        const more = await Promise.race([reading.next(), child.exited.then(() => false)])
        if (!more && !lines.some((line) => line.includes(text))) throw new Error(`ended without "${text}"`)
      }
    },
    async rest(): Promise<string> {
      await child.exited
      await reading.done
      return lines.join('\n')
    },
  }
}

function read(stream: ReadableStream<Uint8Array>, lines: string[]) {
  let signal = Promise.withResolvers<boolean>()
  const done = (async () => {
    let rest = ''
    for await (const chunk of stream.pipeThrough(new TextDecoderStream() as never)) {
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
      signal.resolve(true)
      signal = Promise.withResolvers<boolean>()
    }
    signal.resolve(false)
  })()
  return { next: () => signal.promise, done }
}

async function ask(operation: string, path: string) {
  const gateway = await nats.connect('gateway')
  const { headers, data } = encodeRequest({
    method: 'GET',
    target: path,
    requestId: 'req-1',
    address: '',
    headers: {},
    body: new Uint8Array(),
  })
  return decodeResponse(await gateway.request(`http.match.${operation}`, data, { headers, timeout: 5000 }))
}

test('a service that is told to end finishes what is in hand, and ends well', async () => {
  const service = launch()
  await service.line('"ready"')
  const answer = ask('slow', '/api/v1/matches/slow')
  await service.line('"in hand"')
  service.child.kill('SIGTERM')
  expect((await answer).status).toBe(200)
  expect(await service.child.exited).toBe(0)
  expect(await service.rest()).toMatch(/draining.*stopped.*drained/s)
}, 20_000)

test('a rejection that nobody handles ends the service, with a line that says why', async () => {
  const service = launch()
  await service.line('"ready"')
  await ask('forget', '/api/v1/matches/forgotten').catch(() => {})
  expect(await service.child.exited).toBe(1)
  expect(await service.rest()).toContain('nobody waits for this')
}, 20_000)

test.each([
  ['a keyring that is missing', { KEYRING_FILE: '/nowhere/keyring.json' }, /keyring/i],
  ['a seed that is none', { NATS_SEED: 'SUANOSEED' }, /NATS_SEED/],
])(
  'a service with %s does not start, and says so',
  async (_, changes, reason) => {
    const service = launch(changes)
    expect(await service.child.exited).toBe(1)
    expect(await service.rest()).toMatch(reason)
  },
  20_000,
)

test('a service does not start on a schema it was not made for', async () => {
  const empty = await createTestDatabase('match', `${import.meta.dir}/fixture/empty`)
  const service = launch({ DATABASE_URL: empty.url })
  expect(await service.child.exited).toBe(1)
  expect(await service.rest()).toContain('database schema is older than this build')
  await empty.drop()
}, 20_000)
