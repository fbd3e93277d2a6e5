import { afterAll, beforeAll, expect, test } from 'bun:test'
import { newId } from '@accord/contracts/id'
import { metrics } from '@accord/kit/metrics'
import { messageOf, someone, startTestLive, type TestLive } from '../fixture/live.sample.ts'
import { openRawSocket } from '../fixture/raw-socket.sample.ts'

let live: TestLive
beforeAll(async () => {
  live = await startTestLive({ sendLimits: { shedAboveBytes: 64 * 1024, closeAboveBytes: 512 * 1024 } })
}, 30_000)
afterAll(() => live.stop(), 30_000)

async function countOf(name: string, labels: Record<string, string> = {}): Promise<number> {
  const metric = await metrics.getSingleMetric(name)?.get()
  const matches = (value: { labels: object }) =>
    Object.entries(labels).every(([key, label]) => (value.labels as Record<string, unknown>)[key] === label)
  return metric?.values.filter(matches).reduce((sum, value) => sum + value.value, 0) ?? 0
}

test('a client that does not read loses typing first, then its socket, and never a message before that', async () => {
  const actor = someone()
  const peer = newId('mem')
  const conversationId = newId('con')
  const socket = await openRawSocket(live.gateways[0].running.port, '/api/v1/live')
  await socket.send({ id: 1, type: 'auth', token: await live.base.token(actor) })
  await socket.read((frame) => frame.includes('"ok":true'))
  socket.stopReading()

  let seq = 0
  const publish = async () => {
    seq += 1
    const message = messageOf(peer, conversationId, seq, 'x'.repeat(30_000))
    await live.publish(
      actor.memberId,
      { type: 'message.created', conversationId, seq, message },
      { type: 'typing', conversationId, memberId: peer },
    )
  }
  // The kernel's buffers take some megabytes before ours begin to fill.
  while ((await countOf('accord_live_shed_total')) === 0 && seq < 2000) await publish()
  expect(await countOf('accord_live_closes_total', { reason: 'tooSlow' })).toBe(0)
  const shedFrom = seq
  while ((await countOf('accord_live_closes_total', { reason: 'tooSlow' })) === 0 && seq < 4000)
    await publish()

  socket.readOn()
  const { frames, closeCode } = await socket.end()
  const events = frames.filter((text) => text.startsWith('{"type"')).map((text) => JSON.parse(text))
  const messages = events.filter((event) => event.type === 'message.created').map((event) => event.seq)
  const typings = events.filter((event) => event.type === 'typing').length
  expect(closeCode).toBe(4001)
  expect(messages).toEqual(Array.from({ length: messages.length }, (_, n) => n + 1))
  expect(messages.length).toBeGreaterThanOrEqual(shedFrom)
  expect(typings).toBeLessThan(messages.length)
}, 60_000)

test('a client that is there but dead is closed after a ping without an answer', async () => {
  const [gateway] = live.gateways
  const socket = await openRawSocket(gateway.running.port, '/api/v1/live')
  await socket.send({ id: 1, type: 'auth', token: await live.base.token(someone()) })
  await socket.read((frame) => frame.includes('"ok":true'))
  live.clock.advance(25_000)
  gateway.check()
  live.clock.advance(25_000)
  gateway.check()
  const { closeCode } = await socket.end()
  expect(closeCode).toBe(4002)
})
