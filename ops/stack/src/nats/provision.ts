import { type ConsumerContract, consumerPolicy, consumers } from '@accord/contracts/consumer'
import { eventFilter } from '@accord/contracts/event/define'
import {
  type KvBucket,
  kvBuckets,
  type ObjectBucket,
  objectBuckets,
  type StreamContract,
  streams,
} from '@accord/contracts/stream'
import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/nats-core'

export interface ProvisionReport {
  created: string[]
  updated: string[]
  unchanged: string[]
}

/**
 * Brings streams, consumers and buckets to what contracts say: creates what is missing, changes in place
 * what differs, touches nothing else, and may be run at any time. `replicas` is the size of the cluster.
 */
export async function provision(
  connection: NatsConnection,
  { replicas = 1 }: { replicas?: number } = {},
): Promise<ProvisionReport> {
  const jsm = await jetstreamManager(connection)
  const report: ProvisionReport = { created: [], updated: [], unchanged: [] }
  const wanted = [
    ...streams.map(eventStream),
    ...Object.values<KvBucket>(kvBuckets).map(kvStream),
    ...Object.values<ObjectBucket>(objectBuckets).map(objectStream),
  ]
  await Promise.all(wanted.map((config) => ensureStream(jsm, { ...config, num_replicas: replicas }, report)))
  await Promise.all(
    Object.values<ConsumerContract>(consumers).map((consumer) => ensureConsumer(jsm, consumer, report)),
  )
  return report
}

type Wanted = Partial<StreamConfig> & { name: string }

/** Limits retention and never a work queue: the duplicate window is rebuilt from what is retained. */
function eventStream(stream: StreamContract): Wanted {
  return {
    name: stream.name,
    description: `Events of ${stream.service}.`,
    subjects: [...stream.subjects],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: nanos(stream.maxAgeSeconds * 1000),
    max_bytes: stream.maxBytes,
    duplicate_window: nanos(stream.duplicateWindowSeconds * 1000),
    deny_delete: true,
    deny_purge: true,
    allow_direct: true,
  }
}

/** What the key-value client itself would create, so that it opens the bucket as its own. */
function kvStream(bucket: KvBucket): Wanted {
  return {
    name: `KV_${bucket.name}`,
    description: `Written by ${bucket.writers.join(', ')}; read by ${bucket.readers.join(', ')}.`,
    subjects: [`$KV.${bucket.name}.>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_msgs_per_subject: bucket.history,
    max_age: nanos(bucket.ttlSeconds * 1000),
    max_bytes: bucket.maxBytes,
    deny_delete: true,
    allow_rollup_hdrs: true,
    allow_direct: true,
  }
}

function objectStream(bucket: ObjectBucket): Wanted {
  return {
    name: `OBJ_${bucket.name}`,
    description: `Written by ${bucket.writers.join(', ')}; read by ${bucket.readers.join(', ')}.`,
    subjects: [`$O.${bucket.name}.C.>`, `$O.${bucket.name}.M.>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_age: nanos(bucket.ttlSeconds * 1000),
    max_bytes: bucket.maxBytes,
    allow_rollup_hdrs: true,
    allow_direct: true,
  }
}

/**
 * No `backoff` (its first step would replace ack_wait and run slow handlers twice) and no end of
 * deliveries (past one a message is skipped in silence): kit counts, delays and stores dead letters.
 */
function consumerConfig(consumer: ConsumerContract): Partial<ConsumerConfig> {
  return {
    durable_name: consumer.name,
    description: consumer.description,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(consumerPolicy.ackWaitSeconds * 1000),
    max_deliver: -1,
    max_ack_pending: consumerPolicy.maxAckPending,
    deliver_policy: DeliverPolicy.All,
    filter_subjects: consumer.events.map(eventFilter),
    // Read by `nats server check consumer` and by dashboards.
    metadata: {
      'accord.service': consumer.service,
      'io.nats.monitor.enabled': '1',
      'io.nats.monitor.outstanding-ack-critical': String(consumerPolicy.maxAckPending),
      'io.nats.monitor.unprocessed-critical': '10000',
    },
  }
}

async function ensureStream(jsm: JetStreamManager, wanted: Wanted, report: ProvisionReport): Promise<void> {
  const present = await found(() => jsm.streams.info(wanted.name))
  if (!present) {
    await jsm.streams.add(wanted)
    report.created.push(wanted.name)
  } else if (differs(present.config, wanted)) {
    await jsm.streams.update(wanted.name, wanted)
    report.updated.push(wanted.name)
  } else {
    report.unchanged.push(wanted.name)
  }
}

async function ensureConsumer(
  jsm: JetStreamManager,
  consumer: ConsumerContract,
  report: ProvisionReport,
): Promise<void> {
  const wanted = consumerConfig(consumer)
  const present = await found(() => jsm.consumers.info(consumer.stream, consumer.name))
  if (!present) {
    await jsm.consumers.add(consumer.stream, wanted)
    report.created.push(consumer.name)
  } else if (differs(present.config, wanted)) {
    await jsm.consumers.update(consumer.stream, consumer.name, wanted)
    report.updated.push(consumer.name)
  } else {
    report.unchanged.push(consumer.name)
  }
}

/** Whether anything that we set is otherwise on the server; what the server adds by itself does not count. */
function differs(present: object, wanted: object): boolean {
  return Object.entries(wanted).some(([key, value]) => {
    const have = (present as Record<string, unknown>)[key]
    if (key === 'metadata') return differs((have ?? {}) as object, value as object)
    if (have === undefined) return value !== false && value !== 0
    return !Bun.deepEquals(have, value)
  })
}

const notFound = new Set([10014, 10059])

async function found<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof JetStreamApiError && notFound.has(error.code)) return null
    throw error
  }
}
