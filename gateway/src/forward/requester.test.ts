import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { isAppError } from '@accord/kit/error'
import { startTestNats, type TestNats } from '@accord/stack/harness'
import type { NatsConnection } from '@nats-io/nats-core'
import { createRequester, type Requester } from './requester.ts'

const empty = new Uint8Array()
const text = (value: string) => new TextEncoder().encode(value)
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error) => (isAppError(error) ? error.code : String(error)),
  )

/** The first test to come starts the shared servers. */
const serversStartMs = 60_000
let server: TestNats
let service: NatsConnection
let nats: NatsConnection
let requester: Requester

beforeAll(async () => {
  server = await startTestNats()
  service = await server.connect('match')
  nats = await server.connect('gateway')
}, serversStartMs)
afterAll(() => server.stop())
beforeEach(() => {
  requester = createRequester(nats)
})
afterEach(() => requester.stop())

describe('requester', () => {
  test('every one of many requests at once gets its own answer', async () => {
    const echo = service.subscribe('http.match.echo', {
      callback: (_, message) => void message.respond(message.data),
    })
    await service.flush()
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, n) =>
        requester.request('http.match.echo', undefined, text(`${n}`), 5000),
      ),
    )
    expect(answers.map((answer) => answer.string())).toEqual(answers.map((_, n) => `${n}`))
    expect(requester.inFlight()).toBe(0)
    echo.unsubscribe()
  })

  test('says at once that nobody listens', async () => {
    expect(await codeOf(requester.request('http.match.nobody', undefined, empty, 60_000))).toBe('unavailable')
  })

  test('gives up at the deadline, and a late answer disturbs nobody', async () => {
    const { promise: asked, resolve } = Promise.withResolvers<() => void>()
    const late = service.subscribe('http.match.late', {
      callback: (_, message) => resolve(() => message.respond('late')),
    })
    await service.flush()
    expect(await codeOf(requester.request('http.match.late', undefined, empty, 50))).toBe('timed_out')
    const answer = await asked
    answer()
    await service.flush()
    await nats.flush()
    expect(requester.inFlight()).toBe(0)
    late.unsubscribe()
  })

  test('a body that no message can carry fails alone', async () => {
    const asked = requester.request('http.match.large', undefined, new Uint8Array(2_000_000), 5000)
    expect(await codeOf(asked)).toBe('unavailable')
  })

  test('what waits when the connection breaks is told so, and the next one after it is back is answered', async () => {
    const silent = service.subscribe('http.match.silent', { callback: () => undefined })
    await service.flush()
    const asked = requester.request('http.match.silent', undefined, empty, 60_000)
    await server.kill()
    expect(await codeOf(asked)).toBe('unavailable')
    expect(await codeOf(requester.request('http.match.silent', undefined, empty, 60_000))).toBe('unavailable')
    silent.unsubscribe()

    const back = Promise.all([reconnected(nats), reconnected(service)])
    await server.restart()
    await back
    const echo = service.subscribe('http.match.again', {
      callback: (_, message) => void message.respond('again'),
    })
    await service.flush()
    const answer = await requester.request('http.match.again', undefined, empty, 5000)
    expect(answer.string()).toBe('again')
    echo.unsubscribe()
  })
})

async function reconnected(connection: NatsConnection): Promise<void> {
  for await (const status of connection.status()) if (status.type === 'reconnect') return
}
