import { toUuid } from '@accord/contracts/id'
import type { ServiceName } from '@accord/contracts/service'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Kysely } from 'kysely'
import { atMost } from '../consume/at-most.ts'
import type { OutboxTables } from '../db/tables.ts'
import type { Logger } from '../log.ts'
import type { LaneLeases } from './lease.ts'
import { outboxPublished } from './metrics.ts'
import { publishRow } from './publish.ts'
import { deleteRows, type OutboxRow, park, readBatch } from './store.ts'

/** Called at the moments where a crash would hurt most; tests end the process there. */
export interface RelayHooks {
  beforePublish?(row: OutboxRow): Promise<void> | void
  /** After the acknowledgement, before the rows are deleted. */
  beforeDelete?(rows: readonly OutboxRow[]): Promise<void> | void
}

export interface LaneWork {
  db: Kysely<OutboxTables>
  nats: NatsConnection
  service: ServiceName
  leases: LaneLeases
  log: Logger
  hooks: RelayHooks
  stopping(): boolean
}

const batchSize = 256
const atOnce = 64
const longestParkMs = 5 * 60_000

/** Publishes what a lane holds until it is empty. `away` when NATS does not answer: wait before the next call. */
export async function drainLane(work: LaneWork, lane: number): Promise<'empty' | 'away'> {
  const mayGoOn = () => work.leases.holds(lane) && !work.stopping()
  while (mayGoOn()) {
    const rows = await readBatch(work.db, lane, batchSize)
    if (rows.length === 0) break
    const stored: OutboxRow[] = []
    let away = false
    const limit = atMost(atOnce)
    await Promise.all(
      Object.values(Object.groupBy(rows, (row) => row.aggregate)).map((ofOne = []) =>
        limit.run(async () => {
          if (!away && (await publishInOrder(work, ofOne, stored, () => !away && mayGoOn())) === 'away')
            away = true
        }),
      ),
    )
    await work.hooks.beforeDelete?.(stored)
    await deleteRows(
      work.db,
      stored.map((row) => toUuid(row.id)),
    )
    if (away) return 'away'
  }
  return 'empty'
}

/** One after the other: the next leaves when the one before it is acknowledged. */
async function publishInOrder(
  work: LaneWork,
  rows: readonly OutboxRow[],
  stored: OutboxRow[],
  mayGoOn: () => boolean,
): Promise<'ok' | 'away'> {
  for (const row of rows) {
    if (!mayGoOn()) return 'ok'
    await work.hooks.beforePublish?.(row)
    const published = await publishRow(work.nats, row)
    outboxPublished.inc({ service: work.service, result: published.kind })
    if (published.kind === 'away') {
      work.log.warn('outbox has to wait for NATS', { error: published.error })
      return 'away'
    }
    if (published.kind === 'refused') {
      const delayMs = Math.min(1_000 * 2 ** row.attempts, longestParkMs)
      work.log.error('event cannot be published: its aggregate is parked', {
        event: row.id,
        subject: row.subject,
        error: published.error,
        delayMs,
      })
      await park(work.db, toUuid(row.id), published.error, delayMs)
      return 'ok'
    }
    stored.push(row)
  }
  return 'ok'
}
