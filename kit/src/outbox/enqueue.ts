import { events } from '@accord/contracts/event/all'
import {
  type EventContract,
  type EventData,
  type EventEnvelope,
  eventSubject,
} from '@accord/contracts/event/define'
import { type EventId, isId, type MemberId, newId, toUuid } from '@accord/contracts/id'
import { type KvBucket, kvSubject } from '@accord/contracts/stream'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { sql, type Transaction } from 'kysely'
import type { Clock } from '../clock.ts'
import { narrowTransaction } from '../db/narrow.ts'
import type { OutboxTables } from '../db/tables.ts'
import { currentTraceparent } from '../telemetry.ts'
import { laneOf, outboxChannel } from './lane.ts'

/**
 * Writes one event into the outbox of the caller's transaction; the relay publishes it after the commit.
 * Locks the aggregate until then and takes its next `aggregateSeq`, so events of one aggregate are numbered
 * in the order in which their transactions commit. Lock several aggregates in a fixed order.
 * Throws when the data do not fit the event's schema, the id is of another kind, or the event is in no list.
 */
export async function enqueue<DB extends OutboxTables, E extends EventContract>(
  trx: Transaction<DB>,
  event: E,
  entry: { aggregateId: string; data: EventData<E>; actor?: MemberId | null; clock: Clock },
): Promise<{ eventId: EventId; aggregateSeq: number }> {
  assertValid(event, entry.aggregateId, entry.data)
  const tables = narrowTransaction<OutboxTables, DB>(trx)
  const aggregateSeq = await nextSeq(tables, entry.aggregateId)
  const envelope: EventEnvelope<EventData<E>> = {
    id: newId('evt'),
    type: event.type,
    version: event.version,
    aggregate: entry.aggregateId,
    aggregateSeq,
    occurredAt: entry.clock().toISOString(),
    actor: entry.actor ?? null,
    traceparent: currentTraceparent() ?? null,
    data: entry.data,
  }
  await insertRow(tables, {
    eventId: envelope.id,
    aggregate: entry.aggregateId,
    subject: eventSubject(event, entry.aggregateId),
    payload: JSON.stringify(envelope),
  })
  return { eventId: envelope.id, aggregateSeq }
}

/**
 * Sets a key of a bucket after the commit, in order with other writes of the same key. Only for buckets that
 * the service may write. The bucket's readers see plain JSON.
 */
export async function enqueueKv<DB extends OutboxTables>(
  trx: Transaction<DB>,
  bucket: KvBucket,
  key: string,
  value: object,
): Promise<void> {
  const tables = narrowTransaction<OutboxTables, DB>(trx)
  const aggregate = `kv:${bucket.name}:${key}`
  // Keys come and go, so no version row is kept for them: the lock alone orders their positions.
  await sql`select pg_advisory_xact_lock(hashtextextended(${aggregate}, 0))`.execute(tables)
  await insertRow(tables, {
    eventId: newId('evt'),
    aggregate,
    subject: kvSubject(bucket, key),
    payload: JSON.stringify(value),
  })
}

async function nextSeq(trx: Transaction<OutboxTables>, aggregate: string): Promise<number> {
  const { seq } = await trx
    .insertInto('aggregate_versions')
    .values({ aggregate, seq: 1 })
    .onConflict((conflict) =>
      conflict.column('aggregate').doUpdateSet({ seq: sql<number>`aggregate_versions.seq + 1` }),
    )
    .returning('seq')
    .executeTakeFirstOrThrow()
  return seq
}

async function insertRow(
  trx: Transaction<OutboxTables>,
  row: { eventId: EventId; aggregate: string; subject: string; payload: string },
): Promise<void> {
  const lane = laneOf(row.aggregate)
  // The notification leaves at commit, once for each lane of a transaction.
  await sql`
    with inserted as (
      insert into outbox (id, lane, aggregate, subject, payload)
      values (${toUuid(row.eventId)}, ${lane}, ${row.aggregate}, ${row.subject}, ${row.payload})
    )
    select pg_notify(${outboxChannel}, ${String(lane)})`.execute(trx)
}

const checks = new Map<EventContract, TypeCheck<EventContract['data']>>()

function assertValid(event: EventContract, aggregateId: string, data: unknown): void {
  if (!events.includes(event)) throw new Error(`event ${event.type} is not listed in contracts`)
  if (!isId(event.aggregate, aggregateId)) {
    throw new Error(`event ${event.type} is about a ${event.aggregate}_ id`)
  }
  let check = checks.get(event)
  if (!check) {
    check = TypeCompiler.Compile(event.data)
    checks.set(event, check)
  }
  const first = check.Errors(data).First()
  // The path and what was expected, not the value: this text reaches the log.
  if (first) throw new Error(`event ${event.type} does not fit its schema at ${first.path}: ${first.message}`)
}
