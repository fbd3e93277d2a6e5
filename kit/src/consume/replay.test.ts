import { afterEach, beforeEach, expect, test } from 'bun:test'
import { consumers } from '@accord/contracts/consumer'
import type { EventEnvelope } from '@accord/contracts/event/define'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import { newId, toUuid } from '@accord/contracts/id'
import { systemClock } from '../clock.ts'
import { currentContext } from '../context.ts'
import { narrow } from '../db/narrow.ts'
import type { InboxTables } from '../db/tables.ts'
import { type FixtureTables, openFixture, recordEffect, silent } from '../fixture/database.sample.ts'
import { findDeadLetter, listDeadLetters, requestReplay, storeDeadLetter } from './dead-letter.ts'
import { defineConsumer, type EventHandler, on, onExternal } from './define.ts'
import { replayRequested } from './replay.ts'

let fixture: Awaited<ReturnType<typeof openFixture>>
let event: EventEnvelope<unknown>
let letter: string
beforeEach(async () => {
  fixture = await openFixture()
  const aggregate = newId('mat')
  event = {
    id: newId('evt'),
    type: matchCreated.type,
    version: matchCreated.version,
    aggregate,
    aggregateSeq: 1,
    occurredAt: '2026-03-01T12:00:00.000Z',
    actor: null,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data: matchCreated.sample,
  }
  await storeDeadLetter(fixture.primary, {
    consumer: 'chat-matches',
    eventId: event.id,
    stream: 'MATCH',
    streamSeq: 7,
    publishedAt: new Date(),
    subject: `evt.match.match.created.${aggregate}`,
    headers: {},
    payload: Buffer.from(JSON.stringify(event)),
    reason: 'failed',
    error: 'Error: no',
    deliveries: 6,
  })
  letter = (await listDeadLetters(fixture.primary))[0]?.id ?? ''
  await requestReplay(fixture.primary, [letter])
})
afterEach(() => fixture.drop())

const replay = (created: EventHandler<FixtureTables>) =>
  replayRequested({
    db: narrow<InboxTables, FixtureTables>(fixture.primary),
    definition: defineConsumer<FixtureTables>(consumers['chat-matches'], [
      created,
      on(matchEnded, async () => {}),
    ]),
    log: silent,
    clock: systemClock,
  })
const effects = () => fixture.primary.selectFrom('effects').selectAll().execute()

test('one that kills the process is not tried again until somebody asks again', async () => {
  const dying = Bun.spawn([process.execPath, `${import.meta.dir}/../fixture/replay-that-dies.sample.ts`], {
    env: { ...process.env, DATABASE_URL: fixture.url },
  })
  await dying.exited
  expect(dying.signalCode).toBe('SIGKILL')
  await replay(on(matchCreated, recordEffect))
  expect(await effects()).toEqual([])
  expect(await findDeadLetter(fixture.primary, letter)).toMatchObject({
    deliveries: 7,
    replayRequestedAt: null,
    replayedAt: null,
  })
  expect(await requestReplay(fixture.primary, [letter])).toBe(1)
  await replay(on(matchCreated, recordEffect))
  expect(await effects()).toHaveLength(1)
  expect((await findDeadLetter(fixture.primary, letter))?.replayedAt).toBeInstanceOf(Date)
})

test('one that fails again says why, and waits to be asked for', async () => {
  await replay(on(matchCreated, () => Promise.reject(new Error('still no'))))
  expect(await findDeadLetter(fixture.primary, letter)).toMatchObject({
    error: 'Error: still no',
    deliveries: 7,
    replayRequestedAt: null,
  })
})

test('while a dependency is away the request stays', async () => {
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  await expect(replay(on(matchCreated, () => Promise.reject(away)))).rejects.toBe(away)
  expect(await findDeadLetter(fixture.primary, letter)).toMatchObject({ error: 'Error: no', deliveries: 6 })
  await replay(on(matchCreated, recordEffect))
  expect(await effects()).toHaveLength(1)
})

test('what fails after the commit does not make the replay a failure', async () => {
  await replay(
    on(matchCreated, async (trx, applied) => {
      await recordEffect(trx, applied)
      return () => Promise.reject(new Error('no socket'))
    }),
  )
  expect(await findDeadLetter(fixture.primary, letter)).toMatchObject({
    error: 'Error: no',
    replayedAt: expect.any(Date),
  })
})

test('an effect outside the database that has happened does not happen again', async () => {
  await fixture.primary
    .insertInto('inbox')
    .values({ consumer: 'chat-matches', event_id: toUuid(event.id) })
    .execute()
  let sent = 0
  await replay(
    onExternal(matchCreated, async () => {
      sent += 1
    }),
  )
  expect(sent).toBe(0)
  expect((await findDeadLetter(fixture.primary, letter))?.replayedAt).toBeInstanceOf(Date)
})

test('the handler works in the trace of its event', async () => {
  let seen: ReturnType<typeof currentContext>
  await replay(
    on(matchCreated, async () => {
      seen = currentContext()
    }),
  )
  expect(seen).toMatchObject({
    requestId: event.id,
    operation: 'chat-matches',
    traceparent: event.traceparent,
  })
})
