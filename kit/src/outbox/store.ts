import { fromUuid } from '@accord/contracts/id'
import { type Kysely, sql } from 'kysely'
import { laneCount, type OutboxTables } from '../db/tables.ts'

export interface OutboxRow {
  id: string
  aggregate: string
  subject: string
  payload: string
  attempts: number
}

/**
 * The next rows of a lane in the order of their positions, without those of parked aggregates. Position
 * orders the rows of one aggregate, and all its committed earlier rows are visible with a later one, so a
 * batch never skips one. Rows of other aggregates may commit late with a lower position: the next batch
 * finds them, since nothing is ever asked for by a cursor.
 */
export async function readBatch(db: Kysely<OutboxTables>, lane: number, limit: number): Promise<OutboxRow[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'aggregate', 'subject', 'payload', 'attempts'])
    .where('lane', '=', lane)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as parked')
            .select('parked.id')
            .where('parked.lane', '=', lane)
            .whereRef('parked.aggregate', '=', 'outbox.aggregate')
            .where('parked.next_attempt_at', '>', sql<Date>`now()`),
        ),
      ),
    )
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, id: fromUuid('evt', row.id) }))
}

/** Which of these lanes have something to publish now. */
export async function lanesWithWork(db: Kysely<OutboxTables>, lanes: number[]): Promise<number[]> {
  if (lanes.length === 0) return []
  const { rows } = await sql<{ lane: number }>`
    select lane from unnest(${lanes}::smallint[]) as held (lane)
    where exists (
      select from outbox
      where outbox.lane = held.lane and not exists (
        select from outbox parked
        where parked.lane = held.lane and parked.aggregate = outbox.aggregate and parked.next_attempt_at > now()
      )
    )`.execute(db)
  return rows.map((row) => row.lane)
}

/** Forgets rows that the stream has acknowledged. */
export async function deleteRows(db: Kysely<OutboxTables>, uuids: string[]): Promise<void> {
  if (uuids.length > 0) await db.deleteFrom('outbox').where('id', 'in', uuids).execute()
}

/** Parks an aggregate through its first row, for `delayMs`. */
export async function park(
  db: Kysely<OutboxTables>,
  uuid: string,
  error: string,
  delayMs: number,
): Promise<void> {
  await db
    .updateTable('outbox')
    .set((row) => ({
      attempts: row('attempts', '+', 1),
      last_error: error,
      next_attempt_at: sql<Date>`now() + ${sql.lit(`${delayMs} milliseconds`)}::interval`,
    }))
    .where('id', '=', uuid)
    .execute()
}

/** Rows that wait (all, and of parked aggregates their first), and the age of the oldest in seconds. */
export async function outboxState(
  db: Kysely<OutboxTables>,
): Promise<{ lagSeconds: number; parked: number; empty: boolean }> {
  // The oldest of each lane by index; within a lane, positions follow time closely enough.
  const { rows } = await sql<{ lag: number | null; parked: number }>`
    select
      extract(epoch from now() - min(head.created_at))::float8 as lag,
      (select count(*) from outbox where next_attempt_at is not null) as parked
    from generate_series(0, ${sql.lit(laneCount - 1)}) as lanes (lane)
    cross join lateral (
      select created_at from outbox where outbox.lane = lanes.lane order by position limit 1
    ) as head`.execute(db)
  const row = rows[0]
  return {
    lagSeconds: Math.max(0, row?.lag ?? 0),
    parked: row?.parked ?? 0,
    empty: row?.lag === null || row === undefined,
  }
}
