import { afterEach, beforeEach, expect, test } from 'bun:test'
import { consumers } from '@accord/contracts/consumer'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import { newId } from '@accord/contracts/id'
import { createTestDatabase, startTestNats, type TestNats } from '@accord/stack/harness'
import type { Kysely } from 'kysely'
import { systemClock } from '../clock.ts'
import { openDatabases } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { type FixtureTables, migrations, recordEffect, silent } from '../fixture/database.sample.ts'
import { emitUpTo, redeliverSoon, seqsOf, upTo } from '../fixture/events.sample.ts'
import { startOwnPostgres } from '../fixture/postgres.sample.ts'
import { startProxy } from '../fixture/proxy.sample.ts'
import { startRelay } from '../outbox/relay.ts'
import { type RunningConsumer, startConsumer } from './consumer.ts'
import { listDeadLetters } from './dead-letter.ts'
import { defineConsumer, on } from './define.ts'

/** The whole way of an event, from a commit to its effect in another service, while servers come and go. */
const aggregates = Array.from({ length: 12 }, () => newId('mat'))
const perAggregate = 15

let nats: TestNats
/** Run last to first. */
let stops: (() => unknown)[]
beforeEach(async () => {
  nats = await startTestNats()
  stops = [nats.stop]
  await redeliverSoon(nats)
})
afterEach(async () => {
  for (const stop of stops.reverse()) await stop()
}, 30_000)

/** Starts two relays and some consumers, emits, and makes trouble when one and two thirds have been applied. */
async function walk(o: {
  match: string
  chat: string
  consumers: number
  trouble: () => Promise<unknown>
}): Promise<{ seqs: Record<string, number[]>; deadLetters: number }> {
  const match = open(o.match)
  const chat = open(o.chat)
  for (let count = 0; count < 2; count++) await startRelaying(o.match)
  const running: RunningConsumer[] = []
  for (let count = 0; count < o.consumers; count++) running.push(await startApplying(o.chat))

  const emitting = Promise.all(aggregates.map((aggregate) => emitUpTo(match, aggregate, perAggregate)))
  for (const part of [1, 2]) {
    await until(async () => (await effects(chat)).length >= (aggregates.length * perAggregate * part) / 3)
    await o.trouble()
  }
  await emitting
  await until(async () => (await match.selectFrom('outbox').select('id').execute()).length === 0)
  await nats.caughtUp('chat-matches')
  const seqs = seqsOf((await effects(chat)).map((row) => ({ ...row, aggregateSeq: row.aggregate_seq })))
  return { seqs, deadLetters: (await listDeadLetters(chat)).length }
}

function open(url: string): Kysely<FixtureTables> {
  const databases = openDatabases<FixtureTables>({ url, name: 'walk', log: silent })
  stops.push(databases.close)
  return databases.primary
}

async function startRelaying(url: string): Promise<void> {
  const db = open(url)
  const connection = await nats.connect('match')
  const relay = startRelay({ db, url, nats: connection, service: 'match', log: silent, leaseMs: 1_000 })
  stops.push(relay.stop)
}

async function startApplying(url: string): Promise<RunningConsumer> {
  const consumer = startConsumer<FixtureTables>({
    nats: await nats.connect('chat'),
    db: open(url),
    definition: defineConsumer<FixtureTables>(consumers['chat-matches'], [
      on(matchCreated, recordEffect),
      on(matchEnded, async () => {}),
    ]),
    log: silent,
    clock: systemClock,
  })
  stops.push(consumer.stop)
  return consumer
}

function effects(db: Kysely<FixtureTables>) {
  return db.selectFrom('effects').selectAll().orderBy('id').execute()
}

/** While its server is away a question has no answer yet. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await Bun.sleep(5)
}

async function sharedDatabase(): Promise<string> {
  const database = await createTestDatabase('kit', migrations)
  stops.push(database.drop)
  return database.url
}

const inAnyOrder = (seqs: number[] | undefined) => seqs?.toSorted((a, b) => a - b)

test('NATS is killed while events flow: each is applied once, in order', async () => {
  const { seqs, deadLetters } = await walk({
    match: await sharedDatabase(),
    chat: await sharedDatabase(),
    consumers: 1,
    trouble: () => nats.kill().then(nats.restart),
  })
  for (const aggregate of aggregates) expect(seqs[aggregate]).toEqual(upTo(perAggregate))
  expect(deadLetters).toBe(0)
}, 60_000)

test('the databases cannot be reached while events flow: each is applied once', async () => {
  const match = await startProxy(await sharedDatabase())
  const chat = await startProxy(await sharedDatabase())
  stops.push(match.stop, chat.stop)
  const { seqs, deadLetters } = await walk({
    match: match.url,
    chat: chat.url,
    consumers: 2,
    async trouble() {
      for (const way of [match, chat]) way.cut()
      await Bun.sleep(300)
      for (const way of [match, chat]) way.mend()
    },
  })
  for (const aggregate of aggregates) expect(inAnyOrder(seqs[aggregate])).toEqual(upTo(perAggregate))
  expect(deadLetters).toBe(0)
}, 60_000)

test('Postgres crashes while events flow: each is applied once', async () => {
  const postgres = await startOwnPostgres()
  stops.push(postgres.stop)
  const [match, chat] = [await postgres.database('match'), await postgres.database('chat')]
  for (const url of [match, chat]) await migrate({ url, folder: migrations })
  const { seqs, deadLetters } = await walk({
    match,
    chat,
    consumers: 2,
    trouble: () => postgres.crash().then(postgres.start),
  })
  for (const aggregate of aggregates) expect(inAnyOrder(seqs[aggregate])).toEqual(upTo(perAggregate))
  expect(deadLetters).toBe(0)
}, 90_000)
