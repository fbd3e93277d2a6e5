import { afterEach, beforeEach, expect, test } from 'bun:test'
import { newId, toUuid } from '@accord/contracts/id'
import type { ServiceName } from '@accord/contracts/service'
import { kvBuckets } from '@accord/contracts/stream'
import { startTestNats, type TestNats } from '@accord/stack/harness'
import { Kvm } from '@nats-io/kv'
import { openFixture, silent } from '../fixture/database.sample.ts'
import { emit, enqueueMatch, seqsOf, streamed, upTo } from '../fixture/events.sample.ts'
import { enqueueKv } from './enqueue.ts'
import { type Relay, startRelay } from './relay.ts'

let nats: TestNats
let fixture: Awaited<ReturnType<typeof openFixture>>
let relays: Relay[]
beforeEach(async () => {
  relays = []
  ;[nats, fixture] = await Promise.all([startTestNats(), openFixture()])
})
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()))
  await Promise.all([fixture.drop(), nats.stop()])
})

async function relay(service: ServiceName = 'match'): Promise<Relay> {
  const started = startRelay({
    db: fixture.primary,
    url: fixture.url,
    nats: await nats.connect(service),
    service,
    log: silent,
    leaseMs: 1_000,
  })
  relays.push(started)
  return started
}

test('several relays publish each event once, in order for its aggregate, while many write', async () => {
  const aggregates = Array.from({ length: 30 }, () => newId('mat'))
  const [first] = await Promise.all([relay(), relay(), relay()])
  await Promise.all(aggregates.map((aggregate) => emit(fixture.primary, aggregate, 20)))
  await first.idle()
  const seqs = seqsOf(await streamed(nats))
  for (const aggregate of aggregates) expect(seqs[aggregate]).toEqual(upTo(20))
})

test('what is rolled back is not published and takes no number', async () => {
  const aggregate = newId('mat')
  const undone = fixture.primary.transaction().execute(async (trx) => {
    await enqueueMatch(trx, aggregate)
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  await emit(fixture.primary, aggregate, 2)
  await (await relay()).idle()
  expect(seqsOf(await streamed(nats))).toEqual({ [aggregate]: [1, 2] })
})

test('a transaction that began first and commits last is published all the same', async () => {
  const [early, late] = [newId('mat'), newId('mat')]
  const running = await relay()
  await fixture.primary.transaction().execute(async (trx) => {
    await enqueueMatch(trx, early)
    await emit(fixture.primary, late, 1)
    await running.idle()
    expect(Object.keys(seqsOf(await streamed(nats)))).toEqual([late])
  })
  await running.idle()
  expect(Object.keys(seqsOf(await streamed(nats)))).toEqual([late, early])
})

for (const dies of ['before publish', 'before delete']) {
  test(`nothing is lost or doubled when a relay is killed ${dies}`, async () => {
    const aggregates = Array.from({ length: 8 }, () => newId('mat'))
    await Promise.all(aggregates.map((aggregate) => emit(fixture.primary, aggregate, 5)))
    const dying = Bun.spawn([process.execPath, `${import.meta.dir}/../fixture/relay-that-dies.sample.ts`], {
      env: {
        ...process.env,
        DATABASE_URL: fixture.url,
        NATS_URL: nats.url,
        NATS_SEED: nats.seedOf('match'),
        DIES: dies,
      },
    })
    await dying.exited
    expect(dying.signalCode).toBe('SIGKILL')
    await (await relay()).idle()
    const events = await streamed(nats)
    expect(events).toHaveLength(40)
    const seqs = seqsOf(events)
    for (const aggregate of aggregates) expect(seqs[aggregate]).toEqual(upTo(5))
  })
}

test('while NATS is away events wait, and none is parked or lost when it comes back', async () => {
  const aggregates = Array.from({ length: 8 }, () => newId('mat'))
  const running = await relay()
  await Promise.all(aggregates.map((aggregate) => emit(fixture.primary, aggregate, 3)))
  await nats.kill()
  await Promise.all(aggregates.map((aggregate) => emit(fixture.primary, aggregate, 3)))
  await nats.restart()
  await running.idle()
  const seqs = seqsOf(await streamed(nats))
  for (const aggregate of aggregates) expect(seqs[aggregate]).toEqual(upTo(6))
}, 20_000)

test('a row that cannot be published holds back its own aggregate alone, and goes on when it is mended', async () => {
  const [stuck, other] = [newId('mat'), newId('mat')]
  const foreign = newId('evt')
  // Two aggregates of one lane; the subject belongs to another service, so the server refuses it.
  const lane = 3
  const row = { payload: '{"aggregate":"stuck","aggregateSeq":1}', next_attempt_at: null, last_error: null }
  await fixture.primary
    .insertInto('outbox')
    .values([
      { ...row, id: toUuid(foreign), lane, aggregate: stuck, subject: `evt.identity.member.${stuck}` },
      {
        ...row,
        id: toUuid(newId('evt')),
        lane,
        aggregate: stuck,
        subject: `evt.match.match.created.${stuck}`,
      },
      {
        ...row,
        id: toUuid(newId('evt')),
        lane,
        aggregate: other,
        subject: `evt.match.match.created.${other}`,
        payload: '{"aggregate":"other","aggregateSeq":1}',
      },
    ])
    .execute()
  const running = await relay()
  const parked = async () =>
    fixture.primary.selectFrom('outbox').selectAll().where('attempts', '>', 0).execute()
  while ((await parked()).length === 0 || Object.keys(seqsOf(await streamed(nats))).length === 0)
    await Bun.sleep(20)
  expect(Object.keys(seqsOf(await streamed(nats)))).toEqual(['other'])
  const [head] = await parked()
  expect(head?.id).toBe(toUuid(foreign))
  expect(head?.last_error).toMatch(/permission/i)
  await fixture.primary
    .updateTable('outbox')
    .set({ subject: `evt.match.match.created.${stuck}` })
    .where('id', '=', toUuid(foreign))
    .execute()
  await running.idle()
  expect(seqsOf(await streamed(nats))).toEqual({ other: [1], stuck: [1, 1] })
}, 20_000)

test('keys of a bucket are set in the order of their commits', async () => {
  const running = await relay('identity')
  for (let notBefore = 1; notBefore <= 20; notBefore++) {
    await fixture.primary
      .transaction()
      .execute((trx) => enqueueKv(trx, kvBuckets.revokedSessions, 'member.mem_1', { notBefore }))
  }
  await running.idle()
  const bucket = await new Kvm(await nats.connect('gateway')).open('revoked-sessions')
  expect((await bucket.get('member.mem_1'))?.json<object>()).toEqual({ notBefore: 20 })
})
