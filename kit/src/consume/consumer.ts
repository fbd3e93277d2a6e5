import { consumerPolicy } from '@accord/contracts/consumer'
import type { JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Kysely } from 'kysely'
import type { Clock } from '../clock.ts'
import { narrow } from '../db/narrow.ts'
import type { InboxTables } from '../db/tables.ts'
import type { Logger } from '../log.ts'
import { createAggregateQueue } from './aggregate-queue.ts'
import { isSettled } from './apply.ts'
import { atMost } from './at-most.ts'
import type { ConsumerDefinition } from './define.ts'
import { createHandler, type Delivery } from './deliver.ts'
import { eventsPending } from './metrics.ts'
import { parseEvent } from './parse.ts'
import { createPause } from './pause.ts'
import { startPull } from './pull.ts'
import { startReplays } from './replay.ts'

export interface ConsumerOptions<DB extends InboxTables> {
  nats: NatsConnection
  /** The primary: inbox rows and effects are written. Must hold the tables of the definition's handlers. */
  db: Kysely<DB>
  definition: ConsumerDefinition
  log: Logger
  clock: Clock
  /** Handlers at work at a time; 8 unless told. Events of one aggregate never run side by side. */
  concurrency?: number
  /** Tests shorten the delays. */
  policy?: { retryDelaysSeconds?: readonly number[]; maxDeliveries?: number }
}

export interface RunningConsumer {
  /** Takes no more, finishes what is being handled, and gives back the rest. */
  stop(): Promise<void>
}

const maxHeld = 32
/** What is in hand when the process stops gets this long to finish. */
const drainMs = 10_000

/**
 * Runs a durable consumer that the provisioning job made: pulls, keeps the order of each aggregate, applies
 * each event once (inbox row and effect in one transaction) and acknowledges after the commit. Failures are
 * handed back with growing delays and end as dead letters; while a dependency is away nothing is lost and
 * no delivery is counted. Returns at once; a consumer or a server that is missing is waited for.
 */
export function startConsumer<DB extends InboxTables>(options: ConsumerOptions<DB>): RunningConsumer {
  const { nats, definition, log, clock } = options
  const { contract } = definition
  const db = narrow<InboxTables, DB>(options.db)
  const pause = createPause()
  const limit = atMost(options.concurrency ?? 8)
  const inHand = new Set<JsMsg>()
  const handle = createHandler({
    db,
    definition,
    log,
    pause,
    policy: { ...consumerPolicy, ...options.policy },
  })
  const queue = createAggregateQueue<Delivery>({
    handle: (delivery) =>
      limit.run(async () => {
        const handled = await handle(delivery)
        inHand.delete(delivery.message)
        return handled
      }),
    isSettled: (eventId) => isSettled(db, contract.name, eventId),
    maxHeld,
    release({ message }, delayMs) {
      inHand.delete(message)
      message.nak(delayMs)
    },
  })

  const pull = startPull({
    nats,
    contract,
    log,
    onMessage(message) {
      inHand.add(message)
      eventsPending.set({ consumer: contract.name }, message.info.pending)
      const parsed = parseEvent(definition, message.data)
      // One that cannot be read is in nobody's way: it has a line of its own.
      const aggregate = parsed.ok ? parsed.event.aggregate : `message ${message.seq}`
      const eventId = parsed.ok ? parsed.event.id : ''
      queue.push(aggregate, { seq: message.seq, eventId, message, parsed })
    },
  })
  // Waiting must not look like dying: the server would deliver again, and count it.
  const keepAlive = setInterval(
    () => {
      for (const message of inHand) message.working()
    },
    (consumerPolicy.ackWaitSeconds * 1000) / 3,
  )
  const replays = startReplays({ db, definition, log, clock })

  return {
    async stop() {
      await pull.stop()
      pause.stop()
      // What has not begun its transaction finds the pause stopped, and is handed back.
      limit.lift()
      queue.stop()
      const deadline = performance.now() + drainMs
      while (queue.size() > 0 && performance.now() < deadline) await Bun.sleep(20)
      clearInterval(keepAlive)
      await replays.stop()
      // What was said last must have left before the connection is closed; a server that is away hears nothing.
      await Promise.race([nats.flush(), Bun.sleep(1_000)]).catch(() => {})
    },
  }
}
