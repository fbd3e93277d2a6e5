import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startTestNats, type TestNats } from '@accord/stack/harness'
import type { NatsConnection } from '@nats-io/nats-core'
import { startProxy } from './fixture/proxy.sample.ts'
import { createLogger } from './log.ts'
import { connectNats } from './nats.ts'

const log = createLogger({ service: 'test', level: 'silent' })
let nats: TestNats
beforeAll(async () => {
  nats = await startTestNats()
}, 30_000)
afterAll(() => nats?.stop())

test('a user that the server does not know is told which setting is wrong, at once', async () => {
  const seed = 'SUAMLK2ZNL35WSMW37E7UD4VZ7ELPKW7DHC3BWBSD2GCZ7IUQQXZIORRBU'
  expect(connectNats({ url: nats.url, user: 'chat', seed, log })).rejects.toThrow(
    'NATS refuses the user "chat": check NATS_SEED.',
  )
})

test('a connection outlives its server', async () => {
  const chat = await connectNats({ url: nats.url, user: 'chat', seed: nats.seedOf('chat'), log })
  const gateway = await connectNats({ url: nats.url, user: 'gateway', seed: nats.seedOf('gateway'), log })
  chat.subscribe('http.chat.hello', { callback: (_, message) => void message.respond('hi') })
  const back = Promise.all([chat, gateway].map(reconnected))
  await nats.restart()
  await back
  await chat.flush()
  expect((await gateway.request('http.chat.hello')).string()).toBe('hi')
  await Promise.all([chat.close(), gateway.close()])
})

test('a connection outlives a server that refuses its user for a while', async () => {
  const stranger = await startTestNats()
  const way = await startProxy(nats.url)
  const chat = await connectNats({ url: way.url, user: 'chat', seed: nats.seedOf('chat'), log })
  const back = reconnected(chat)
  const refused = refusals(chat, 3)
  way.lead(stranger.url)
  way.cut()
  way.mend()
  await refused
  way.lead(nats.url)
  await back
  await chat.flush()
  await chat.close()
  way.stop()
  await stranger.stop()
})

/** Resolves once the server has refused the user so many times, or the connection has given up. */
async function refusals(connection: NatsConnection, count: number): Promise<void> {
  let seen = 0
  for await (const status of connection.status()) {
    if (status.type === 'error' && ++seen >= count) return
  }
}

async function reconnected(connection: NatsConnection): Promise<void> {
  for await (const status of connection.status()) if (status.type === 'reconnect') return
}
