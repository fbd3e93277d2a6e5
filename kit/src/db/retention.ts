import { type Kysely, sql } from 'kysely'
import type { Clock } from '../clock.ts'
import { describe } from '../consume/failure.ts'
import type { Logger } from '../log.ts'
import type { IdempotencyTables, InboxTables } from './tables.ts'

type Tables = InboxTables & IdempotencyTables

const hour = 60 * 60_000
const batchSize = 1_000

/** What is deleted, by which column's age. Inbox rows outlive the streams (7 d), so a redelivery is always known. */
const rules = [
  { table: 'inbox', column: 'processed_at', keptMs: 30 * 24 * hour },
  { table: 'dead_letters', column: 'replayed_at', keptMs: 30 * 24 * hour },
  { table: 'idempotency_keys', column: 'created_at', keptMs: 24 * hour },
] as const

/**
 * Deletes rows of kit's tables that are past their time, in batches of 1000, each a transaction of its own. A service
 * need not have all of these tables. Gives how many rows went.
 */
export async function deleteExpired<DB extends Tables>(db: Kysely<DB>, clock: Clock): Promise<number> {
  let total = 0
  for (const { table, column, keptMs } of rules) {
    if (!(await isThere(db, table))) continue
    const before = new Date(clock().getTime() - keptMs)
    for (let deleted = batchSize; deleted === batchSize; ) {
      // Skips what is locked: two instances that clean up at once share the work.
      const { numAffectedRows } = await sql`
        delete from ${sql.table(table)} where ctid = any (array(
          select ctid from ${sql.table(table)} where ${sql.ref(column)} < ${before}
          limit ${sql.lit(batchSize)} for update skip locked
        ))`.execute(db)
      deleted = Number(numAffectedRows ?? 0)
      total += deleted
    }
  }
  return total
}

async function isThere<DB>(db: Kysely<DB>, table: string): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${table}) is not null as there`.execute(
    db,
  )
  return rows[0]?.there === true
}

/** Runs {@link deleteExpired} every hour, the first time within a minute. A failure waits for the next hour. */
export function startRetention<DB extends Tables>(options: {
  db: Kysely<DB>
  log: Logger
  clock: Clock
}): { stop(): Promise<void> } {
  let stopped = false
  let running = Promise.resolve()
  let timer = setTimeout(start, Math.random() * 60_000)
  timer.unref()

  function start(): void {
    running = round()
  }

  async function round(): Promise<void> {
    try {
      const count = await deleteExpired(options.db, options.clock)
      if (count > 0) options.log.info('expired rows deleted', { count })
    } catch (error) {
      options.log.warn('expired rows not deleted', { error: describe(error) })
    }
    if (stopped) return
    timer = setTimeout(start, hour * (0.9 + Math.random() * 0.2))
    timer.unref()
  }

  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
