import { type Kysely, sql, type Transaction } from 'kysely'
import { laneCount, type OutboxTables } from '../db/tables.ts'

/** The lanes that one relay may publish. */
export interface LaneLeases {
  /** Lanes that may be worked on now. */
  held(): number[]
  /** False as soon as the lease may have run out, by this process's own clock. */
  holds(lane: number): boolean
  /** Prolongs what is held, takes free lanes up to a fair share, gives up what is above it and not busy. */
  renew(busy: ReadonlySet<number>): Promise<void>
  /** Gives everything back, so that others need not wait. */
  release(): Promise<void>
}

/**
 * Leases on lanes, kept in the database by its clock: a relay that dies loses them after `leaseMs`. Several
 * relays share the lanes evenly. A relay that was stalled for longer than its lease may still have a publish
 * under way; its repetition by the new holder falls to the stream's duplicate window (10 min).
 */
export function createLaneLeases(db: Kysely<OutboxTables>, relay: string, leaseMs: number): LaneLeases {
  /** Lane to the moment (performance.now) until which it is surely ours. */
  let deadlines = new Map<number, number>()
  const lease = sql<Date>`now() + ${sql.lit(`${leaseMs} milliseconds`)}::interval`
  const holds = (lane: number) => (deadlines.get(lane) ?? 0) > performance.now()

  async function keep(trx: Transaction<OutboxTables>): Promise<number[]> {
    const rows = await trx
      .updateTable('outbox_lanes')
      .set({ expires_at: lease })
      .where('holder', '=', relay)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning('lane')
      .execute()
    return rows.map((row) => row.lane)
  }

  async function claim(trx: Transaction<OutboxTables>, count: number): Promise<number[]> {
    const rows = await trx
      .updateTable('outbox_lanes')
      .set({ holder: relay, expires_at: lease })
      .where('lane', 'in', (free) =>
        free
          .selectFrom('outbox_lanes')
          .select('lane')
          .where('expires_at', '<=', sql<Date>`now()`)
          .limit(count)
          .forUpdate()
          .skipLocked(),
      )
      .returning('lane')
      .execute()
    return rows.map((row) => row.lane)
  }

  return {
    holds,
    held: () => [...deadlines.keys()].filter(holds),
    async renew(busy) {
      const asked = performance.now()
      const lanes = await db.transaction().execute(async (trx) => {
        const share = Math.ceil(laneCount / (await countRelays(trx, relay, lease)))
        const kept = await keep(trx)
        const surplus = kept.filter((lane) => !busy.has(lane)).slice(0, Math.max(0, kept.length - share))
        if (surplus.length > 0) await free(trx, relay, surplus)
        const claimed = kept.length < share ? await claim(trx, share - kept.length) : []
        return [...kept.filter((lane) => !surplus.includes(lane)), ...claimed]
      })
      // Counted from before the question, less a margin: never later than the database's own deadline.
      const deadline = asked + leaseMs * 0.9
      deadlines = new Map(lanes.map((lane) => [lane, deadline]))
    },
    async release() {
      deadlines = new Map()
      await db.transaction().execute(async (trx) => {
        await free(trx, relay, null)
        await trx.deleteFrom('outbox_relays').where('relay', '=', relay).execute()
      })
    },
  }
}

/** Notes that this relay is alive and counts those that are. */
async function countRelays(
  trx: Transaction<OutboxTables>,
  relay: string,
  lease: ReturnType<typeof sql<Date>>,
): Promise<number> {
  await trx
    .insertInto('outbox_relays')
    .values({ relay, expires_at: lease })
    .onConflict((conflict) => conflict.column('relay').doUpdateSet({ expires_at: lease }))
    .execute()
  await trx.deleteFrom('outbox_relays').where('expires_at', '<', sql<Date>`now()`).execute()
  const { count } = await trx
    .selectFrom('outbox_relays')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

async function free(trx: Transaction<OutboxTables>, relay: string, lanes: number[] | null): Promise<void> {
  let query = trx
    .updateTable('outbox_lanes')
    .set({ holder: null, expires_at: sql<Date>`'-infinity'` })
    .where('holder', '=', relay)
  if (lanes) query = query.where('lane', 'in', lanes)
  await query.execute()
}
