import { afterAll, beforeAll, expect, test } from 'bun:test'
import { matchCreated } from '@accord/contracts/event/match'
import { newId } from '@accord/contracts/id'
import { testClock } from '@accord/stack/harness'
import { runInContext } from '../context.ts'
import { openFixture } from '../fixture/database.sample.ts'
import { enqueueMatch } from '../fixture/events.sample.ts'
import { enqueue } from './enqueue.ts'
import { laneOf } from './lane.ts'

let fixture: Awaited<ReturnType<typeof openFixture>>
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.drop())

const clock = testClock()
const data = { memberIds: [newId('mem'), newId('mem')] as [`mem_${string}`, `mem_${string}`] }

test('events of one aggregate are numbered without gaps, whoever writes at the same time', async () => {
  const aggregateId = newId('mat')
  const numbers = await Promise.all(
    Array.from({ length: 30 }, () =>
      fixture.primary
        .transaction()
        .execute(async (trx) => (await enqueueMatch(trx, aggregateId)).aggregateSeq),
    ),
  )
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1))
})

test('the envelope says when, by whom and in which trace', async () => {
  const aggregateId = newId('mat')
  const actor = newId('mem')
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const { eventId } = await runInContext({ requestId: 'r', traceparent }, () =>
    fixture.primary
      .transaction()
      .execute((trx) => enqueue(trx, matchCreated, { aggregateId, data, actor, clock })),
  )
  const row = await fixture.primary
    .selectFrom('outbox')
    .select(['payload', 'subject', 'lane'])
    .where('aggregate', '=', aggregateId)
    .executeTakeFirstOrThrow()
  expect(row.subject).toBe(`evt.match.match.created.${aggregateId}`)
  expect(row.lane).toBe(laneOf(aggregateId))
  expect(JSON.parse(row.payload)).toEqual({
    id: eventId,
    type: 'match.match.created',
    version: 1,
    aggregate: aggregateId,
    aggregateSeq: 1,
    occurredAt: '2026-03-01T12:00:00.000Z',
    actor,
    traceparent,
    data,
  })
})

test('data that do not fit, an id of another kind and an event in no list are refused before anything is written', async () => {
  const refuse = (event: typeof matchCreated, aggregateId: string, wrong: object) =>
    fixture.primary
      .transaction()
      .execute((trx) => enqueue(trx, event, { aggregateId, data: wrong as never, clock }))
  await expect(refuse(matchCreated, newId('mat'), { memberIds: ['secret'] })).rejects.toThrow(
    /does not fit its schema at \/memberIds/,
  )
  await expect(refuse(matchCreated, newId('mat'), { ...data, name: 'Anna' })).rejects.toThrow(/\/name/)
  await expect(refuse(matchCreated, newId('mem'), data)).rejects.toThrow(/mat_/)
  await expect(refuse({ ...matchCreated }, newId('mat'), data)).rejects.toThrow(/not listed/)
})

test('aggregates spread over all lanes', () => {
  const lanes = new Set(Array.from({ length: 500 }, () => laneOf(newId('mem'))))
  expect(lanes.size).toBe(16)
})
