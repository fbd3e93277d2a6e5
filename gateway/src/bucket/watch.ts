import { inboxPrefix } from '@accord/contracts/permission'
import type { KvBucket } from '@accord/contracts/stream'
import type { Clock } from '@accord/kit/clock'
import type { Logger } from '@accord/kit/log'
import { AckPolicy, DeliverPolicy, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { createInbox, type NatsConnection, nanos, nuid } from '@nats-io/nats-core'

const heartbeatMs = 2000
const retryMs = 1000

export interface BucketWatch {
  /** Resolves when every key that existed at the start has been seen. */
  loaded: Promise<void>
  isLoaded(): boolean
  /** Milliseconds since the server last said something, heartbeats included. */
  silentMs(): number
  stop(): Promise<void>
}

/**
 * Follows a bucket for as long as the process lives, starting again whenever heartbeats or sequence numbers
 * stop adding up. @nats-io/kv's own watch has a heartbeat of half a minute and does not tell when it last heard
 * of the server; a security decision needs to know within seconds.
 * `onEntry` sees each key's last value first, again after every restart, so it must be idempotent; null is a
 * deletion.
 */
export function watchBucket(o: {
  nats: NatsConnection
  bucket: Pick<KvBucket, 'name'>
  clock: Clock
  log: Logger
  onEntry(key: string, value: Uint8Array | null): void
}): BucketWatch {
  const loading = Promise.withResolvers<void>()
  const stopping = new AbortController()
  let loaded = false
  let heardAt = Number.NEGATIVE_INFINITY
  const now = () => o.clock().getTime()

  const running = keepFollowing(o, stopping.signal, () => {
    heardAt = now()
    loaded = true
    loading.resolve()
  })
  return {
    loaded: loading.promise,
    isLoaded: () => loaded,
    silentMs: () => now() - heardAt,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

type Options = Parameters<typeof watchBucket>[0]

async function keepFollowing(o: Options, stop: AbortSignal, upToDate: () => void): Promise<void> {
  let reconnected = new AbortController()
  // The consumer may have died with its server, and its heartbeat would take seconds to tell.
  const followConnection = async () => {
    for await (const status of o.nats.status()) if (status.type === 'reconnect') reconnected.abort()
  }
  void followConnection()

  while (!stop.aborted && !o.nats.isClosed()) {
    reconnected = new AbortController()
    try {
      const end = AbortSignal.any([stop, reconnected.signal])
      const reason = await followOnce(o, end, upToDate)
      if (!stop.aborted) o.log.warn('bucket watch starts again', { bucket: o.bucket.name, reason })
    } catch (error) {
      if (!stop.aborted) o.log.warn('bucket watch failed', { bucket: o.bucket.name, error: String(error) })
    }
    if (!reconnected.signal.aborted) await pause(retryMs, stop)
  }
}

/** One consumer, until it is lost or `end` comes. Calls `upToDate` whenever all that there is has been seen. */
async function followOnce(o: Options, end: AbortSignal, upToDate: () => void): Promise<string> {
  const stream = `KV_${o.bucket.name}`
  const name = `gateway_${nuid.next()}`
  const manager = await jetstreamManager(o.nats)
  const { num_pending: expected } = await manager.consumers.add(stream, {
    name,
    deliver_subject: createInbox(inboxPrefix('gateway')),
    deliver_policy: DeliverPolicy.LastPerSubject,
    ack_policy: AckPolicy.None,
    filter_subject: `$KV.${o.bucket.name}.>`,
    flow_control: true,
    idle_heartbeat: nanos(heartbeatMs),
    inactive_threshold: nanos(60_000),
    num_replicas: 1,
    mem_storage: true,
  })
  const consumer = await jetstream(o.nats).consumers.getPushConsumer(stream, name)
  let received = 0
  if (expected === 0) upToDate()

  const prefix = `$KV.${o.bucket.name}.`.length
  const messages = await consumer.consume({
    callback: (message) => {
      received += 1
      o.onEntry(message.subject.slice(prefix), putValueOf(message))
      if (received >= expected) upToDate()
    },
  })
  const finish = () => messages.stop()
  end.addEventListener('abort', finish, { once: true })
  if (end.aborted) finish()
  try {
    for await (const status of messages.status()) {
      if (status.type === 'heartbeats_missed') return 'no heartbeat'
      if (status.type === 'consumer_deleted') return 'consumer is gone'
      if (status.type !== 'heartbeat') continue
      if (status.lastConsumerSequence > received) return 'messages were lost'
      if (received >= expected) upToDate()
    }
    return end.aborted ? 'reconnected' : 'closed'
  } finally {
    end.removeEventListener('abort', finish)
    messages.stop()
    // Not awaited: the server forgets it by itself, and may be away just now.
    consumer.delete().catch(() => false)
  }
}

function putValueOf(message: JsMsg): Uint8Array | null {
  const operation = message.headers?.get('KV-Operation') ?? ''
  return operation === 'DEL' || operation === 'PURGE' ? null : message.data
}

/** Waits, but not longer than until the abort. */
function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve()
    const timer = setTimeout(done, ms)
    stop.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      stop.removeEventListener('abort', done)
      resolve()
    }
  })
}
