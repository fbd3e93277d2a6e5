import { afterEach, beforeEach, expect, test } from 'bun:test'
import { consumers } from '@accord/contracts/consumer'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import { newId } from '@accord/contracts/id'
import { startTestNats, type TestNats } from '@accord/stack/harness'
import { jetstream } from '@nats-io/jetstream'
import { systemClock } from '../clock.ts'
import { AppError } from '../error.ts'
import { type FixtureTables, openFixture, recordEffect, silent } from '../fixture/database.sample.ts'
import { emit, redeliverSoon, seqsOf, upTo } from '../fixture/events.sample.ts'
import { type Relay, startRelay } from '../outbox/relay.ts'
import { type RunningConsumer, startConsumer } from './consumer.ts'
import { findDeadLetter, listDeadLetters, requestReplay } from './dead-letter.ts'
import { defineConsumer, type EventHandler, on, onExternal } from './define.ts'

/** The emitting side and the applying side have databases of their own, as services do. */
let nats: TestNats
let match: Awaited<ReturnType<typeof openFixture>>
let chat: Awaited<ReturnType<typeof openFixture>>
let relay: Relay
let running: RunningConsumer[]

beforeEach(async () => {
  running = []
  ;[nats, match, chat] = await Promise.all([startTestNats(), openFixture(), openFixture()])
  const connection = await nats.connect('match')
  relay = startRelay({ db: match.primary, url: match.url, nats: connection, service: 'match', log: silent })
})
afterEach(async () => {
  await Promise.all([relay.stop(), ...running.map((consumer) => consumer.stop())])
  await Promise.all([match.drop(), chat.drop(), nats.stop()])
})

async function consume(
  created: EventHandler<FixtureTables>,
  more: { policy?: { retryDelaysSeconds?: number[]; maxDeliveries?: number }; concurrency?: number } = {},
): Promise<RunningConsumer> {
  const consumer = startConsumer<FixtureTables>({
    nats: await nats.connect('chat'),
    db: chat.primary,
    definition: defineConsumer<FixtureTables>(consumers['chat-matches'], [
      created,
      on(matchEnded, async () => {}),
    ]),
    log: silent,
    clock: systemClock,
    ...more,
  })
  running.push(consumer)
  return consumer
}

async function publish(payload: string | Uint8Array, aggregate = newId('mat')): Promise<void> {
  await jetstream(await nats.connect('match')).publish(`evt.match.match.created.${aggregate}`, payload)
}

const record = () => on<FixtureTables, typeof matchCreated>(matchCreated, recordEffect)
const effects = () => chat.primary.selectFrom('effects').selectAll().orderBy('id').execute()
const effectSeqs = async () =>
  seqsOf((await effects()).map((row) => ({ aggregate: row.aggregate, aggregateSeq: row.aggregate_seq })))
const quick = { policy: { retryDelaysSeconds: [0.01], maxDeliveries: 3 } }

test('each event has its effect once, in order for its aggregate, aggregates side by side', async () => {
  const aggregates = Array.from({ length: 20 }, () => newId('mat'))
  await Promise.all(aggregates.map((aggregate) => emit(match.primary, aggregate, 10)))
  await relay.idle()
  let atWork = 0
  let most = 0
  await consume(
    on(matchCreated, async (trx, event) => {
      most = Math.max(most, ++atWork)
      await recordEffect(trx, event)
      atWork--
    }),
  )
  await nats.caughtUp('chat-matches')
  const seqs = await effectSeqs()
  for (const aggregate of aggregates) expect(seqs[aggregate]).toEqual(upTo(10))
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(8)
})

test('an event that is published twice has its effect once', async () => {
  const aggregate = newId('mat')
  await emit(match.primary, aggregate, 1)
  const { payload } = await match.primary.selectFrom('outbox').select('payload').executeTakeFirstOrThrow()
  await relay.idle()
  await publish(payload, aggregate)
  await consume(record())
  await nats.caughtUp('chat-matches')
  expect(await effects()).toHaveLength(1)
})

test('a consumer that is killed after its commit and before its acknowledgement has applied the event once', async () => {
  await emit(match.primary, newId('mat'), 1)
  await relay.idle()
  await redeliverSoon(nats)
  const dying = Bun.spawn([process.execPath, `${import.meta.dir}/../fixture/consumer-that-dies.sample.ts`], {
    env: {
      ...process.env,
      DATABASE_URL: chat.url,
      NATS_URL: nats.url,
      NATS_SEED: nats.seedOf('chat'),
    },
  })
  await dying.exited
  expect(dying.signalCode).toBe('SIGKILL')
  expect(await effects()).toHaveLength(1)
  await consume(record())
  await nats.caughtUp('chat-matches')
  expect(await effects()).toHaveLength(1)
  expect(await chat.primary.selectFrom('inbox').selectAll().execute()).toHaveLength(1)
})

test('a handler that fails is tried again, and what follows in its aggregate waits for it', async () => {
  const [failing, other] = [newId('mat'), newId('mat')]
  await emit(match.primary, failing, 4)
  await emit(match.primary, other, 1)
  await relay.idle()
  let failures = 0
  await consume(
    on(matchCreated, async (trx, event) => {
      if (event.aggregate === failing && event.aggregateSeq === 2 && failures++ < 2)
        throw new Error('not yet')
      await recordEffect(trx, event)
    }),
    quick,
  )
  await nats.caughtUp('chat-matches')
  expect(await effectSeqs()).toEqual({ [failing]: upTo(4), [other]: [1] })
  expect(await listDeadLetters(chat.primary)).toEqual([])
})

test('a poison event ends among the dead letters with its reason, holds back nothing, and is applied once when it is replayed', async () => {
  const aggregate = newId('mat')
  await emit(match.primary, aggregate, 3)
  await relay.idle()
  let broken = true
  await consume(
    on(matchCreated, async (trx, event) => {
      if (broken && event.aggregateSeq === 2)
        throw new Error('cannot do this', { cause: new Error('because') })
      await recordEffect(trx, event)
    }),
    quick,
  )
  await nats.caughtUp('chat-matches')
  expect(await effectSeqs()).toEqual({ [aggregate]: [1, 3] })
  const [letter] = await listDeadLetters(chat.primary)
  expect(letter).toMatchObject({
    consumer: 'chat-matches',
    reason: 'failed',
    error: 'Error: cannot do this <- Error: because',
    deliveries: 3,
    replayedAt: null,
  })
  const whole = await findDeadLetter(chat.primary, letter?.id ?? '')
  expect(JSON.parse(whole?.payload.toString() ?? '')).toMatchObject({ id: letter?.eventId, aggregateSeq: 2 })
  expect(whole?.headers['Nats-Msg-Id']).toEqual([letter?.eventId ?? ''])

  broken = false
  for (let round = 0; round < 2; round++) {
    expect(await requestReplay(chat.primary, round === 0 ? [letter?.id ?? ''] : 'all')).toBe(1 - round)
    while ((await findDeadLetter(chat.primary, letter?.id ?? ''))?.replayedAt === null) await Bun.sleep(20)
  }
  expect(await effectSeqs()).toEqual({ [aggregate]: [1, 3, 2] })
  expect(await listDeadLetters(chat.primary)).toEqual([])
  expect(await listDeadLetters(chat.primary, { replayed: true })).toHaveLength(1)
}, 20_000)

test('what cannot be read goes to the dead letters at once, each with its reason', async () => {
  const envelope = {
    id: newId('evt'),
    type: matchCreated.type,
    version: 1,
    aggregate: newId('mat'),
    aggregateSeq: 1,
    occurredAt: '2026-03-01T12:00:00Z',
    actor: null,
    traceparent: null,
    data: matchCreated.sample,
  }
  await publish('{')
  await publish(new Uint8Array([0xff, 0xfe]))
  await publish(JSON.stringify({ ...envelope, type: 'match.match.other' }))
  await publish(JSON.stringify({ ...envelope, data: { memberIds: ['mem_1'] } }))
  await publish(JSON.stringify({ ...envelope, version: 2 }))
  await publish(JSON.stringify({ ...envelope, future: 1, data: { ...matchCreated.sample, future: 1 } }))
  await consume(record())
  await nats.caughtUp('chat-matches')
  const letters = await listDeadLetters(chat.primary)
  expect(letters.map((letter) => letter.reason)).toEqual(Array(5).fill('unparseable'))
  expect(letters.map((letter) => letter.error).sort()).toEqual([
    'match.match.created does not fit at /data/memberIds: Expected tuple to have 2 elements',
    'match.match.created has version 2, this build knows 1',
    'no handler for type "match.match.other"',
    'the payload is not JSON',
    'the payload is not JSON',
  ])
  // A field that a newer emitter has added is no reason to refuse.
  expect(await effects()).toHaveLength(1)
})

test('a message that was delivered too often is not handled again', async () => {
  await emit(match.primary, newId('mat'), 1)
  await relay.idle()
  const raw = await (
    await jetstream(await nats.connect('chat')).consumers.get('MATCH', 'chat-matches')
  ).consume({
    max_messages: 1,
  })
  let count = 0
  for await (const message of raw) {
    message.nak()
    if (++count === 3) break
  }
  let handled = 0
  await consume(
    on(matchCreated, async () => {
      handled++
    }),
    quick,
  )
  await nats.caughtUp('chat-matches')
  expect(handled).toBe(0)
  expect(await listDeadLetters(chat.primary)).toMatchObject([
    { reason: 'too_many_deliveries', deliveries: 4 },
  ])
})

test('while another service is away the consumer waits, and that costs no delivery', async () => {
  await emit(match.primary, newId('mat'), 1)
  await emit(match.primary, newId('mat'), 1)
  await relay.idle()
  let away = 6
  await consume(
    on(matchCreated, async (trx, event) => {
      if (away-- > 0) throw new AppError('unavailable')
      await recordEffect(trx, event)
    }),
    { policy: { retryDelaysSeconds: [60], maxDeliveries: 1 } },
  )
  await nats.caughtUp('chat-matches')
  expect(await effects()).toHaveLength(2)
  expect(await listDeadLetters(chat.primary)).toEqual([])
}, 20_000)

test('an older event than the one applied is skipped where only the latest counts, scope by scope', async () => {
  const aggregate = newId('mat')
  await relay.stop()
  await emit(match.primary, aggregate, 4)
  const rows = await match.primary.selectFrom('outbox').select('payload').orderBy('position').execute()
  await match.primary.deleteFrom('outbox').execute()
  // Another order than the one they were emitted in: as after a rebuild, or between processes.
  for (const at of [0, 2, 1, 3]) await publish(rows[at]?.payload ?? '', aggregate)
  await consume(on(matchCreated, recordEffect, { latestOnly: true }))
  await nats.caughtUp('chat-matches')
  expect(await effectSeqs()).toEqual({ [aggregate]: [1, 3, 4] })
})

test('what follows the commit runs after it, and its failure changes nothing', async () => {
  await emit(match.primary, newId('mat'), 2)
  await relay.idle()
  const seen: number[] = []
  await consume(
    on(matchCreated, async (trx, event) => {
      await recordEffect(trx, event)
      return async () => {
        seen.push((await effects()).length)
        throw new Error('no socket')
      }
    }),
  )
  await nats.caughtUp('chat-matches')
  expect(seen).toEqual([1, 2])
})

test('an effect outside the database runs before its inbox row, and again only when it failed', async () => {
  await emit(match.primary, newId('mat'), 2)
  await relay.idle()
  const sent: number[] = []
  let failures = 0
  await consume(
    onExternal(matchCreated, async (event) => {
      if (event.aggregateSeq === 2 && failures++ === 0) throw new Error('mail server says no')
      sent.push(event.aggregateSeq)
    }),
    quick,
  )
  await nats.caughtUp('chat-matches')
  expect(sent).toEqual([1, 2])
  expect(await chat.primary.selectFrom('inbox').selectAll().execute()).toHaveLength(2)
})

test('a handler’s work that is under way when the process stops is finished and acknowledged', async () => {
  await emit(match.primary, newId('mat'), 1)
  await relay.idle()
  const begun = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const consumer = await consume(
    on(matchCreated, async (trx, event) => {
      begun.resolve()
      await goOn.promise
      await recordEffect(trx, event)
    }),
  )
  await begun.promise
  const stopped = consumer.stop()
  goOn.resolve()
  await stopped
  expect(await effects()).toHaveLength(1)
  await consume(record())
  await nats.caughtUp('chat-matches')
  expect(await effects()).toHaveLength(1)
})

test('what is in hand and not begun goes to another process at once when this one stops, in its order', async () => {
  const [first, second] = [newId('mat'), newId('mat')]
  await emit(match.primary, first, 3)
  await relay.idle()
  await emit(match.primary, second, 1)
  await relay.idle()
  const begun = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const stopping = await consume(
    on(matchCreated, async (trx, event) => {
      begun.resolve()
      await goOn.promise
      await recordEffect(trx, event)
    }),
    { concurrency: 1 },
  )
  await begun.promise
  const stopped = stopping.stop()
  await consume(record())
  while ((await effects()).length < 1) await Bun.sleep(10)
  expect(await effectSeqs()).toEqual({ [second]: [1] })
  goOn.resolve()
  await stopped
  await nats.caughtUp('chat-matches')
  expect(await effectSeqs()).toEqual({ [first]: upTo(3), [second]: [1] })
})
