import type { EventEnvelope } from '@accord/contracts/event/define'
import type { JsMsg } from '@nats-io/jetstream'
import { SpanKind } from '@opentelemetry/api'
import type { Kysely } from 'kysely'
import { runInContext } from '../context.ts'
import type { DeadLetterReason, InboxTables } from '../db/tables.ts'
import type { Logger } from '../log.ts'
import { withSpan } from '../telemetry.ts'
import type { Handled, QueueEntry } from './aggregate-queue.ts'
import { type Applied, applyEvent } from './apply.ts'
import { storeDeadLetter } from './dead-letter.ts'
import type { ConsumerDefinition } from './define.ts'
import { describe, kindOf, retryDelayMs } from './failure.ts'
import { consumerPaused, eventDelay, eventsHandled } from './metrics.ts'
import type { Parsed } from './parse.ts'
import { type Pause, Stopped } from './pause.ts'

/** A message in hand. */
export interface Delivery extends QueueEntry {
  message: JsMsg
  parsed: Parsed
}

export interface DeliveryPolicy {
  retryDelaysSeconds: readonly number[]
  maxDeliveries: number
}

const conflictTries = 5

/**
 * Makes the function that takes one delivery to its end: applied and acknowledged, handed back with a delay,
 * or stored as a dead letter and acknowledged. It never rejects; what it gives up because the process stops
 * is handed back.
 */
export function createHandler(options: {
  db: Kysely<InboxTables>
  definition: ConsumerDefinition
  log: Logger
  pause: Pause
  policy: DeliveryPolicy
}): (delivery: Delivery) => Promise<Handled> {
  const { db, definition, pause, policy } = options
  const consumer = definition.contract.name

  async function deliver({ message, parsed }: Delivery): Promise<Handled> {
    const deliveries = message.info.deliveryCount
    if (!parsed.ok) return bury(message, null, 'unparseable', parsed.problem)
    const { event, handler } = parsed
    // Looked at before it is handled: a message that kills the process never gets to fail.
    if (deliveries > policy.maxDeliveries) return bury(message, event.id, 'too_many_deliveries', null)
    const log = options.log.child({ consumer, event: event.id, type: event.type })
    try {
      const applied = await withinContext(consumer, event, async () => {
        const result = await insist(() => applyEvent(db, consumer, handler, event))
        await runAfter(result, log)
        return result
      })
      message.ack()
      eventsHandled.inc({ consumer, outcome: applied.outcome })
      eventDelay.observe({ consumer }, Math.max(0, Date.now() - message.time.getTime()) / 1000)
      return { done: true }
    } catch (error) {
      if (error instanceof Stopped) throw error
      log.warn('event failed', { deliveries, error: describe(error) })
      if (deliveries >= policy.maxDeliveries) return bury(message, event.id, 'failed', describe(error))
      const delayMs = retryDelayMs(policy.retryDelaysSeconds, deliveries)
      message.nak(delayMs)
      eventsHandled.inc({ consumer, outcome: 'retried' })
      return { done: false, delayMs }
    }
  }

  /** Tries until it works or fails for a reason of its own. Waiting for a dependency costs no delivery. */
  async function insist<T>(work: () => Promise<T>): Promise<T> {
    for (let conflicts = 0; ; ) {
      await pause.over()
      try {
        const result = await work()
        pause.worked()
        consumerPaused.set({ consumer }, 0)
        return result
      } catch (error) {
        const kind = kindOf(error)
        if (kind === 'failure' || (kind === 'conflict' && ++conflicts >= conflictTries)) throw error
        if (kind === 'dependency') {
          options.log.warn('consumer paused: a dependency is away', { consumer, error: describe(error) })
          pause.failed()
          consumerPaused.set({ consumer }, 1)
        }
      }
    }
  }

  async function bury(
    message: JsMsg,
    eventId: string | null,
    reason: DeadLetterReason,
    error: string | null,
  ): Promise<Handled> {
    const { info } = message
    await insist(() =>
      storeDeadLetter(db, {
        consumer,
        eventId,
        stream: info.stream,
        streamSeq: info.streamSequence,
        publishedAt: message.time,
        subject: message.subject,
        headers: headersOf(message),
        payload: message.data,
        reason,
        error,
        deliveries: info.deliveryCount,
      }),
    )
    options.log.error('event became a dead letter', { consumer, event: eventId, reason, error })
    message.ack()
    eventsHandled.inc({ consumer, outcome: 'dead' })
    return { done: true }
  }

  return async (delivery) => {
    try {
      return await deliver(delivery)
    } catch (error) {
      // Stopping, or the dead letter could not be stored: another process may have it at once.
      if (error instanceof Stopped) delivery.message.nak()
      else options.log.error('event could not be settled', { consumer, error: describe(error) })
      return { done: true }
    }
  }
}

/** Runs what follows the commit. Never throws: what is committed stays. */
export async function runAfter(applied: Applied, log: Logger): Promise<void> {
  try {
    await applied.after?.()
  } catch (error) {
    log.warn('what follows the commit failed', { error: describe(error) })
  }
}

/** Logs, calls and events of the handler carry on the trace in which the event was written. */
export function withinContext<T>(
  consumer: string,
  event: EventEnvelope<unknown>,
  work: () => Promise<T>,
): Promise<T> {
  const traceparent = event.traceparent ?? undefined
  const context = { requestId: event.id, traceparent, operation: consumer, actor: event.actor ?? undefined }
  return runInContext(context, () =>
    withSpan(`apply ${event.type}`, { kind: SpanKind.CONSUMER, traceparent, attributes: { consumer } }, work),
  )
}

function headersOf({ headers }: JsMsg): Record<string, string[]> {
  const all: Record<string, string[]> = {}
  for (const [name, values] of headers ?? []) all[name] = values
  return all
}
