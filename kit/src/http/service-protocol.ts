import type { Msg, MsgHdrs, NatsConnection, Subscription } from '@nats-io/nats-core'
import type { Limit } from '../limit.ts'
import type { Logger } from '../log.ts'

/** One answer. `error` counts against the endpoint; the words are shown to operators. */
export interface Outcome {
  headers?: MsgHdrs | undefined
  data: Uint8Array
  error?: string | undefined
}

export interface Endpoint {
  /** Unique in the service, of `[A-Za-z0-9_-]`. */
  name: string
  subject: string
  metadata: Record<string, string>
  /** Handles one request; never throws. `arrived` is on the clock of `performance.now()`. */
  handle(message: Msg, arrived: number): Promise<Outcome>
  /** The answer when too much is under way. */
  refuse(message: Msg): Outcome
}

export interface ServiceIdentity {
  name: string
  /** Unique among the instances. */
  id: string
  /** Semantic version. */
  version: string
  description: string
  metadata: Record<string, string>
}

export interface ServedEndpoints {
  /** Takes no more requests, finishes those in hand. The service protocol is answered until then. */
  drain(): Promise<void>
}

interface Stats {
  requests: number
  errors: number
  lastError: string
  processingNs: number
}

/**
 * Serves endpoints as a NATS service (ADR-32): requests in the queue group of the service, spread over its
 * instances, handled side by side up to the limit; `$SRV.PING`, `INFO` and `STATS` answered by every instance
 * for all, by name and by id. Our own, since @nats-io/services does not await handlers: its processing times
 * and error counts are wrong. Times are whole nanoseconds: one other reply aborts `nats micro stats`.
 * Source: https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md.
 */
export function serveEndpoints(o: {
  nats: NatsConnection
  service: ServiceIdentity
  endpoints: readonly Endpoint[]
  limit: Limit
  log: Logger
}): ServedEndpoints {
  const { nats, service, endpoints, limit, log } = o
  const started = new Date().toISOString()
  const all = endpoints.map((endpoint) => ({ endpoint, stats: emptyStats() }))
  const requests = all.map(({ endpoint, stats }) =>
    subscribe(nats, service.name, endpoint, stats, limit, log),
  )

  const identity = {
    name: service.name,
    id: service.id,
    version: service.version,
    metadata: service.metadata,
  }
  const replies: Record<string, () => unknown> = {
    PING: () => ({ type: 'io.nats.micro.v1.ping_response', ...identity }),
    INFO: () => ({
      type: 'io.nats.micro.v1.info_response',
      ...identity,
      description: service.description,
      endpoints: all.map(({ endpoint: { name, subject, metadata } }) => ({
        name,
        subject,
        queue_group: service.name,
        metadata,
      })),
    }),
    STATS: () => ({
      type: 'io.nats.micro.v1.stats_response',
      ...identity,
      started,
      endpoints: all.map(({ endpoint: { name, subject }, stats }) => ({
        name,
        subject,
        queue_group: service.name,
        ...toReply(stats),
      })),
    }),
  }
  const protocol = Object.entries(replies).flatMap(([verb, reply]) =>
    [`$SRV.${verb}`, `$SRV.${verb}.${service.name}`, `$SRV.${verb}.${service.name}.${service.id}`].map(
      (subject) =>
        nats.subscribe(subject, {
          callback: (error, message) => {
            if (!error && message.reply) message.respond(encoder.encode(JSON.stringify(reply())))
          },
        }),
    ),
  )

  return {
    async drain() {
      await Promise.all(requests.map(drainQuietly))
      await limit.idle()
      await Promise.all(protocol.map(drainQuietly))
    },
  }
}

function subscribe(
  nats: NatsConnection,
  queue: string,
  endpoint: Endpoint,
  stats: Stats,
  limit: Limit,
  log: Logger,
): Subscription {
  const finish = (message: Msg, outcome: Outcome) => {
    if (outcome.error !== undefined) {
      stats.errors += 1
      stats.lastError = outcome.error
    }
    try {
      message.respond(outcome.data, outcome.headers ? { headers: outcome.headers } : undefined)
    } catch (error) {
      // The connection is closed: whoever asked has been told by its own.
      log.warn('an answer could not be sent', { endpoint: endpoint.name, error })
    }
  }
  const handle = async (message: Msg, arrived: number) => {
    const begin = performance.now()
    try {
      finish(message, await endpoint.handle(message, arrived))
    } finally {
      stats.processingNs += Math.round((performance.now() - begin) * 1e6)
      limit.leave()
    }
  }
  return nats.subscribe(endpoint.subject, {
    queue,
    callback: (error, message) => {
      if (error) return log.error('a subscription failed', { endpoint: endpoint.name, error })
      stats.requests += 1
      const arrived = performance.now()
      const entered = limit.tryEnter(() => {
        handle(message, arrived).catch((cause: unknown) =>
          log.error('a handler threw', { endpoint: endpoint.name, error: cause }),
        )
      })
      if (!entered) finish(message, endpoint.refuse(message))
    },
  })
}

function toReply({ requests, errors, lastError, processingNs }: Stats) {
  return {
    num_requests: requests,
    num_errors: errors,
    last_error: lastError,
    processing_time: processingNs,
    average_processing_time: requests === 0 ? 0 : Math.round(processingNs / requests),
  }
}

function emptyStats(): Stats {
  return { requests: 0, errors: 0, lastError: '', processingNs: 0 }
}

async function drainQuietly(subscription: Subscription): Promise<void> {
  if (subscription.isClosed()) return
  await subscription.drain().catch(() => {})
}

const encoder = new TextEncoder()
