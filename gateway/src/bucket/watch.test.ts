import { afterAll, beforeAll, expect, test } from 'bun:test'
import { kvBuckets, kvSubject } from '@accord/contracts/stream'
import { systemClock } from '@accord/kit/clock'
import { createLogger } from '@accord/kit/log'
import { startTestNats, type TestNats } from '@accord/stack/harness'
import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { watchBucket } from './watch.ts'

const bucket = kvBuckets.revokedSessions
const log = createLogger({ service: 'gateway', level: 'silent' })
/** The first test to come starts the shared servers. */
const serversStartMs = 60_000
let server: TestNats

beforeAll(async () => {
  server = await startTestNats()
}, serversStartMs)
afterAll(() => server.stop())

test('a watch tells what was there, what comes, and what comes after the server was lost and is back', async () => {
  const writer = await server.connect('identity')
  const put = (key: string, value: string) => jetstream(writer).publish(kvSubject(bucket, key), value)
  await put('session.a', '1')

  const seen = new Map<string, string | null>()
  const waiting = new Map<string, () => void>()
  const arrives = (key: string) =>
    seen.has(key) ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(key, resolve))
  const watch = watchBucket({
    nats: await server.connect('gateway'),
    bucket,
    clock: systemClock,
    log,
    onEntry: (key, value) => {
      seen.set(key, value === null ? null : new TextDecoder().decode(value))
      waiting.get(key)?.()
    },
  })
  expect(watch.isLoaded()).toBe(false)
  await watch.loaded
  expect(seen.get('session.a')).toBe('1')
  expect(watch.silentMs()).toBeLessThan(15_000)

  await put('session.b', '2')
  await arrives('session.b')

  await server.kill()
  const back = reconnected(writer)
  await server.restart()
  await back
  await put('session.c', '3')
  await arrives('session.c')
  expect(seen.get('session.c')).toBe('3')
  await watch.stop()
}, 30_000)

async function reconnected(connection: NatsConnection): Promise<void> {
  for await (const status of connection.status()) if (status.type === 'reconnect') return
}
