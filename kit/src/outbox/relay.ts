import { randomUUID } from 'node:crypto'
import type { ServiceName } from '@accord/contracts/service'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Kysely } from 'kysely'
import { atMost } from '../consume/at-most.ts'
import { describe } from '../consume/failure.ts'
import { listen } from '../db/listen.ts'
import { narrow } from '../db/narrow.ts'
import { laneCount, type OutboxTables } from '../db/tables.ts'
import type { Logger } from '../log.ts'
import { drainLane, type LaneWork, type RelayHooks } from './drain-lane.ts'
import { outboxChannel } from './lane.ts'
import { createLaneLeases } from './lease.ts'
import { outboxLag, outboxParked } from './metrics.ts'
import { lanesWithWork, outboxState } from './store.ts'

export interface RelayOptions<DB extends OutboxTables> {
  /** The primary. */
  db: Kysely<DB>
  /** Its address, for LISTEN; a connection pooler must not stand in between. */
  url: string
  nats: NatsConnection
  service: ServiceName
  log: Logger
  hooks?: RelayHooks
  /** How long lanes of a relay that died stay its own; 10 s unless told. */
  leaseMs?: number
}

export interface Relay {
  /** Finishes what is being published, gives its lanes back. */
  stop(): Promise<void>
  /** Resolves once the outbox holds no row, parked ones included. */
  idle(): Promise<void>
}

const pollMs = 300
const measureMs = 5_000
const lanesAtOnce = 4

/**
 * Moves committed outbox rows to JetStream, in order for each aggregate, at least once, deduplicated by the
 * event's id. Any number of relays share the 16 lanes by lease. NOTIFY wakes it; a poll every 300 ms covers
 * for a notification that was lost, for parked aggregates that are due, and for lanes of relays that died.
 */
export function startRelay<DB extends OutboxTables>(options: RelayOptions<DB>): Relay {
  const { nats, log, service } = options
  const db = narrow<OutboxTables, DB>(options.db)
  const leaseMs = options.leaseMs ?? 10_000
  const leases = createLaneLeases(db, randomUUID(), leaseMs)
  const limit = atMost(lanesAtOnce)
  /** Lanes at work, and whether to look once more after. */
  const busy = new Map<number, { again: boolean; done: Promise<void> }>()
  let stopping = false
  let quietUntil = 0
  const work: LaneWork = {
    db,
    nats,
    service,
    leases,
    log,
    hooks: options.hooks ?? {},
    stopping: () => stopping,
  }

  function wake(lane: number): void {
    if (stopping || !leases.holds(lane) || performance.now() < quietUntil) return
    const running = busy.get(lane)
    if (running) running.again = true
    else busy.set(lane, { again: false, done: run(lane) })
  }

  async function run(lane: number): Promise<void> {
    try {
      const outcome = await limit.run(() => drainLane(work, lane))
      // Not at once: NATS needs a moment, and every try would log a line.
      if (outcome === 'away') quietUntil = performance.now() + 500 + Math.random() * 500
    } catch (error) {
      quietUntil = performance.now() + 500 + Math.random() * 500
      log.warn('outbox has to wait', { error: describe(error) })
    }
    const again = busy.get(lane)?.again === true
    busy.delete(lane)
    if (again) wake(lane)
  }

  const renewals = every(leaseMs / 3, async () => {
    const before = new Set(leases.held())
    await leases.renew(new Set(busy.keys()))
    for (const lane of leases.held()) if (!before.has(lane)) wake(lane)
  })
  const polls = every(pollMs, async () => {
    for (const lane of await lanesWithWork(db, leases.held())) wake(lane)
  })
  const measurements = every(measureMs, async () => {
    const state = await outboxState(db)
    outboxLag.set({ service }, state.lagSeconds)
    outboxParked.set({ service }, state.parked)
  })
  const ears = listen({
    url: options.url,
    channel: outboxChannel,
    onNotify: (payload) => wake(Number(payload)),
    log,
  })

  /** Runs at once and then again, `ms` after the last end. A failure is told and tried again. */
  function every(ms: number, job: () => Promise<void>): { stop(): Promise<void> } {
    let timer: ReturnType<typeof setTimeout> | undefined
    const round = async () => {
      await job().catch((error) => log.warn('outbox has to wait', { error: describe(error) }))
      if (!stopping) timer = setTimeout(start, ms)
    }
    let current = round()
    function start() {
      current = round()
    }
    return {
      async stop() {
        clearTimeout(timer)
        await current
      },
    }
  }

  return {
    async stop() {
      stopping = true
      await Promise.all([renewals.stop(), polls.stop(), measurements.stop(), ears.stop()])
      await Promise.all([...busy.values()].map((running) => running.done))
      await leases.release().catch((error) => log.debug('lanes not given back', { error: describe(error) }))
    },
    async idle() {
      while (!(await outboxState(db)).empty) {
        for (let lane = 0; lane < laneCount; lane++) wake(lane)
        await Bun.sleep(10)
      }
    },
  }
}
