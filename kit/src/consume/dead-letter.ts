import { fromUuid, type IdOf, isId, newId, toUuid } from '@accord/contracts/id'
import { type Kysely, type Selectable, sql } from 'kysely'
import { narrow } from '../db/narrow.ts'
import type { DeadLetterReason, InboxTables } from '../db/tables.ts'

export type DeadLetterId = IdOf<'dlt'>

/** An event that could not be applied, as operators see it in a list. */
export interface DeadLetterSummary {
  id: DeadLetterId
  consumer: string
  eventId: IdOf<'evt'> | null
  subject: string
  reason: DeadLetterReason
  error: string | null
  deliveries: number
  createdAt: Date
  replayRequestedAt: Date | null
  replayedAt: Date | null
}

/** With everything that was received. */
export interface DeadLetter extends DeadLetterSummary {
  stream: string
  streamSeq: number
  publishedAt: Date
  headers: Record<string, string[]>
  payload: Buffer
}

export interface NewDeadLetter {
  consumer: string
  eventId: string | null
  stream: string
  streamSeq: number
  publishedAt: Date
  subject: string
  headers: Record<string, string[]>
  payload: Uint8Array
  reason: DeadLetterReason
  error: string | null
  deliveries: number
}

/** Stores a dead letter once, however often its message is given up. */
export async function storeDeadLetter<DB extends InboxTables>(
  db: Kysely<DB>,
  letter: NewDeadLetter,
): Promise<void> {
  await narrow<InboxTables, DB>(db)
    .insertInto('dead_letters')
    .values({
      id: toUuid(newId('dlt')),
      consumer: letter.consumer,
      event_id: letter.eventId === null ? null : toUuid(letter.eventId),
      stream: letter.stream,
      stream_seq: letter.streamSeq,
      published_at: letter.publishedAt,
      subject: letter.subject,
      headers: sql`${JSON.stringify(letter.headers)}::jsonb`,
      payload: Buffer.from(letter.payload),
      reason: letter.reason,
      error: letter.error,
      deliveries: letter.deliveries,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Newest first, at most `limit` (100); those that were replayed only when asked for. */
export async function listDeadLetters<DB extends InboxTables>(
  db: Kysely<DB>,
  filter: { consumer?: string; replayed?: boolean; limit?: number } = {},
): Promise<DeadLetterSummary[]> {
  let query = narrow<InboxTables, DB>(db)
    .selectFrom('dead_letters')
    .selectAll()
    .orderBy('created_at', 'desc')
    .limit(Math.min(filter.limit ?? 100, 1_000))
  if (filter.consumer !== undefined) query = query.where('consumer', '=', filter.consumer)
  if (filter.replayed !== true) query = query.where('replayed_at', 'is', null)
  return (await query.execute()).map(summaryOf)
}

/** One dead letter whole, or null. */
export async function findDeadLetter<DB extends InboxTables>(
  db: Kysely<DB>,
  id: string,
): Promise<DeadLetter | null> {
  if (!isId('dlt', id)) return null
  const row = await narrow<InboxTables, DB>(db)
    .selectFrom('dead_letters')
    .selectAll()
    .where('id', '=', toUuid(id))
    .executeTakeFirst()
  if (!row) return null
  const { stream, stream_seq: streamSeq, published_at: publishedAt, headers, payload } = row
  return { ...summaryOf(row), stream, streamSeq, publishedAt, headers, payload }
}

/**
 * Asks the running consumer to apply these again through its own handlers; it looks every two seconds. Gives
 * how many were marked: those that were replayed before are left alone.
 */
export async function requestReplay<DB extends InboxTables>(
  db: Kysely<DB>,
  which: readonly string[] | 'all',
): Promise<number> {
  let query = narrow<InboxTables, DB>(db)
    .updateTable('dead_letters')
    .set({ replay_requested_at: sql<Date>`now()` })
    .where('replayed_at', 'is', null)
  if (which !== 'all') {
    const ids = which.filter((id) => isId('dlt', id)).map(toUuid)
    if (ids.length === 0) return 0
    query = query.where('id', 'in', ids)
  }
  const { numUpdatedRows } = await query.executeTakeFirst()
  return Number(numUpdatedRows)
}

function summaryOf(row: Selectable<InboxTables['dead_letters']>): DeadLetterSummary {
  return {
    id: fromUuid('dlt', row.id),
    consumer: row.consumer,
    eventId: row.event_id === null ? null : fromUuid('evt', row.event_id),
    subject: row.subject,
    reason: row.reason,
    error: row.error,
    deliveries: row.deliveries,
    createdAt: row.created_at,
    replayRequestedAt: row.replay_requested_at,
    replayedAt: row.replayed_at,
  }
}
