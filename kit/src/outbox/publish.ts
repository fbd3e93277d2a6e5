import { services } from '@accord/contracts/service'
import { JetStreamApiError, jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { SpanKind } from '@opentelemetry/api'
import { describe } from '../consume/failure.ts'
import { isTracing, withSpan } from '../telemetry.ts'
import type { OutboxRow } from './store.ts'

/** `stored`: the stream has it on disk. `refused`: this row is at fault. `away`: NATS is, try everything later. */
export type Published =
  | { kind: 'stored' }
  | { kind: 'refused'; error: string }
  | { kind: 'away'; error: string }

const ackTimeoutMs = 3_000

/** Publishes one row and waits for its acknowledgement. Never throws. */
export async function publishRow(nats: NatsConnection, row: OutboxRow): Promise<Published> {
  try {
    await withSpan(
      `publish ${row.subject.split('.').slice(1, 4).join('.')}`,
      { kind: SpanKind.PRODUCER, traceparent: traceparentOf(row) },
      () => jetstream(nats).publish(row.subject, row.payload, { msgID: row.id, timeout: ackTimeoutMs }),
    )
    return { kind: 'stored' }
  } catch (error) {
    const text = describe(error)
    return (await isRowAtFault(nats, row, error))
      ? { kind: 'refused', error: text }
      : { kind: 'away', error: text }
  }
}

/** The trace in which the event was written. */
function traceparentOf(row: OutboxRow): string | undefined {
  if (!isTracing()) return undefined
  return (JSON.parse(row.payload) as { traceparent?: string | null }).traceparent ?? undefined
}

/**
 * An answer of the server, a refused permission or a size is about the row. Silence is about the row only
 * when JetStream answers for its stream in the same moment (a stream that does not exist is an answer too).
 */
async function isRowAtFault(nats: NatsConnection, row: OutboxRow, error: unknown): Promise<boolean> {
  if (error instanceof JetStreamApiError) return error.status < 500
  if (isRefusal(error)) return true
  if (nats.isClosed()) return false
  try {
    await nats.request(`$JS.API.STREAM.INFO.${streamOf(row.subject)}`, '', { timeout: 2_000 })
    return true
  } catch (silence) {
    return isRefusal(silence)
  }
}

/** The server does not let us publish there, or the client finds the message too large. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    error.name === 'InvalidArgumentError' ||
    error.name === 'PermissionViolationError' ||
    isRefusal(error.cause)
  )
}

function streamOf(subject: string): string {
  const [first, second = ''] = subject.split('.')
  if (first === '$KV') return `KV_${second}`
  const service = Object.entries(services).find(([name]) => name === second)
  return service?.[1].stream ?? 'none'
}
