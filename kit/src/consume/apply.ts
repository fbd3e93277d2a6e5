import type { EventEnvelope } from '@accord/contracts/event/define'
import { toUuid } from '@accord/contracts/id'
import { type Kysely, sql, type Transaction } from 'kysely'
import { narrowTransaction } from '../db/narrow.ts'
import type { InboxTables } from '../db/tables.ts'
import type { AfterCommit, EventHandler } from './define.ts'

/** `duplicate`: applied before. `stale`: a newer one of its scope was applied, so this one never will be. */
export type Outcome = 'applied' | 'duplicate' | 'stale'

export interface Applied {
  outcome: Outcome
  /** To be run after the commit. */
  after?: AfterCommit | undefined
}

/** Applies an event once: its effect and its inbox row commit together. */
export async function applyEvent(
  db: Kysely<InboxTables>,
  consumer: string,
  handler: EventHandler,
  event: EventEnvelope<unknown>,
): Promise<Applied> {
  if (handler.kind === 'external') {
    if (await isRecorded(db, consumer, event.id)) return { outcome: 'duplicate' }
    await handler.run(event)
  }
  return db.transaction().execute((trx) => applyWithin(trx, consumer, handler, event))
}

/** The part that runs in the transaction. An external effect must have happened before. */
export async function applyWithin(
  trx: Transaction<InboxTables>,
  consumer: string,
  handler: EventHandler,
  event: EventEnvelope<unknown>,
): Promise<Applied> {
  // A second delivery in another process waits here for the first to commit, and then finds its row.
  const inserted = await trx
    .insertInto('inbox')
    .values({ consumer, event_id: toUuid(event.id) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('event_id')
    .executeTakeFirst()
  if (!inserted) return { outcome: 'duplicate' }
  if (handler.kind === 'external') return { outcome: 'applied' }
  if (handler.scopeOf) {
    const scope = handler.scopeOf(event)
    const newest = await recordApplied(trx, {
      consumer,
      aggregate: event.aggregate,
      scope,
      seq: event.aggregateSeq,
    })
    if (!newest) return { outcome: 'stale' }
  }
  // The caller's db has the handler's tables: startConsumer was given both.
  const after = await handler.handle(trx as unknown as Transaction<unknown>, event)
  return { outcome: 'applied', after }
}

/**
 * Notes that everything up to `seq` of a scope is applied; false when a newer one was noted before. A rebuild
 * from a snapshot calls it for each aggregate, so that older events that are still on their way are skipped.
 * The scope of `latestOnly: true` is the event's type.
 */
export async function recordApplied<DB extends InboxTables>(
  trx: Transaction<DB>,
  version: { consumer: string; aggregate: string; scope: string; seq: number },
): Promise<boolean> {
  const { rows } = await sql`
    insert into applied_versions (consumer, aggregate, scope, seq)
    values (${version.consumer}, ${version.aggregate}, ${version.scope}, ${version.seq})
    on conflict (consumer, aggregate, scope) do update set seq = excluded.seq
    where applied_versions.seq < excluded.seq
    returning seq`.execute(narrowTransaction<InboxTables, DB>(trx))
  return rows.length > 0
}

/** Whether the event was applied, or given up as a dead letter: nobody will apply it later by itself. */
export async function isSettled(
  db: Kysely<InboxTables>,
  consumer: string,
  eventId: string,
): Promise<boolean> {
  if (await isRecorded(db, consumer, eventId)) return true
  const dead = await db
    .selectFrom('dead_letters')
    .select('id')
    .where('consumer', '=', consumer)
    .where('event_id', '=', toUuid(eventId))
    .executeTakeFirst()
  return dead !== undefined
}

/** Whether the event was applied. */
export async function isRecorded(
  db: Kysely<InboxTables>,
  consumer: string,
  eventId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('inbox')
    .select('event_id')
    .where('consumer', '=', consumer)
    .where('event_id', '=', toUuid(eventId))
    .executeTakeFirst()
  return row !== undefined
}
