import { afterAll, beforeAll, expect, test } from 'bun:test'
import { newId } from '@accord/contracts/id'
import { kvBuckets, kvSubject } from '@accord/contracts/stream'
import { createLogger } from '@accord/kit/log'
import { startTestNats, type TestNats, testActor, testClock } from '@accord/stack/harness'
import { jetstream } from '@nats-io/jetstream'
import { watchRevocations } from './revocation.ts'

const log = createLogger({ service: 'gateway', level: 'silent' })
/** The first test to come starts the shared servers. */
const serversStartMs = 60_000
let server: TestNats
beforeAll(async () => {
  server = await startTestNats()
}, serversStartMs)
afterAll(() => server.stop())

const authOf = (actor = testActor(), issuedAt = 1000) => ({ actor, issuedAt, expiresAt: issuedAt + 600 })

test('what was revoked before the start is known once loaded', async () => {
  const identity = await server.connect('identity')
  const put = (key: string, value: string) =>
    jetstream(identity).publish(kvSubject(kvBuckets.revokedSessions, key), value)
  const [ended, closed, unreadable] = [testActor(), testActor(), newId('ses')]
  await put(`session.${ended.sessionId}`, '{"notBefore":1000}')
  await put(`member.${closed.memberId}`, '{"notBefore":1000}')
  await put(`session.${unreadable}`, 'not json')

  const clock = testClock()
  const revocations = watchRevocations({ nats: await server.connect('gateway'), clock, log })
  expect(revocations.isCurrent()).toBe(false)
  await revocations.loaded
  expect(revocations.isRevoked(authOf(ended))).toBe(true)
  expect(revocations.isRevoked(authOf(closed, 999))).toBe(true)
  expect(revocations.isRevoked(authOf(testActor({ sessionId: unreadable }), 2_000_000_000))).toBe(true)
  expect(revocations.isRevoked(authOf())).toBe(false)
  // Signed in again in the second of the revocation.
  expect(revocations.isRevoked(authOf(testActor({ memberId: closed.memberId })))).toBe(false)
  await revocations.stop()
})

test('a watch that has been deaf for more than fifteen seconds is not believed', async () => {
  const clock = testClock()
  const revocations = watchRevocations({ nats: await server.connect('gateway'), clock, log })
  await revocations.loaded
  expect(revocations.isCurrent()).toBe(true)
  await server.kill()
  clock.advance(15_000)
  expect(revocations.isCurrent()).toBe(true)
  clock.advance(1)
  expect(revocations.isCurrent()).toBe(false)

  await server.restart()
  await currentAgain(revocations)
  await revocations.stop()
})

/** Awaits the watch's own recovery; bounded by the test's timeout. */
async function currentAgain(revocations: { isCurrent(): boolean }): Promise<void> {
  while (!revocations.isCurrent()) await new Promise((resolve) => setImmediate(resolve))
}
