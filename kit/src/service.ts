import type { MemberId } from '@accord/contracts/id'
import { type LiveEvent, liveSubject } from '@accord/contracts/live'
import type { ServiceName } from '@accord/contracts/service'
import type { NatsConnection } from '@nats-io/nats-core'
import type { AnyElysia } from 'elysia'
import type { Redis } from 'ioredis'
import { sql } from 'kysely'
import { type ActorVerifier, createActorVerifier } from './actor.ts'
import { type Cache, createCache } from './cache/cache.ts'
import { type Call, type CallAnswer, createCaller } from './call.ts'
import { type Clock, systemClock } from './clock.ts'
import type { ServiceConfig } from './config.ts'
import { startConsumer } from './consume/consumer.ts'
import type { ConsumerDefinition } from './consume/define.ts'
import { createEnvelope, type Envelope } from './crypto/envelope.ts'
import { type Keyring, openKeyring } from './crypto/keyring.ts'
import { type Databases, openDatabases } from './db/database.ts'
import { assertSchema } from './db/migrate.ts'
import { startRetention } from './db/retention.ts'
import type { KitTables } from './db/tables.ts'
import { createDrain, type Drain, endOnSignals } from './drain.ts'
import { type Health, startHealth } from './health.ts'
import { type Responder, startResponder } from './http/responder.ts'
import { createLogger, type Logger } from './log.ts'
import { collectProcessMetrics } from './metrics.ts'
import { connectNats } from './nats.ts'
import { type Relay, startRelay } from './outbox/relay.ts'
import { packageVersion } from './package-version.ts'
import { patiently } from './patience.ts'
import { connectRedis } from './redis.ts'
import { startTelemetry } from './telemetry.ts'

/** What the process gives its service. */
export interface ServiceBase {
  name: ServiceName
  version: string
  /** Unique among the instances of the service. */
  instance: string
  log: Logger
  clock: Clock
  nats: NatsConnection
  /** With REDIS_PREFIX before every key. */
  redis: Redis
  call: Call
  cache: Cache
  keyring: Keyring
  envelope: Envelope
  actorKey: ActorVerifier
  /** Pushes to the sockets that a member has open now. Best effort; never throws. */
  publishLive(memberId: MemberId, event: LiveEvent): void
}

/** What a service consists of; kit runs it. */
export interface ServiceParts {
  app: AnyElysia
  /** Internal calls that it answers. */
  answers?: readonly CallAnswer[]
  consumers?: readonly ConsumerDefinition[]
  /** Ends what the service itself has started; runs once no request or event is in hand any more. */
  stop?(): Promise<void> | void
}

export interface ServiceOptions<DB extends KitTables> {
  name: ServiceName
  config: ServiceConfig
  /** Folder of its migrations: path or `file:` URL. */
  migrations: string
  /** Puts the service together; nothing is served before it returns. */
  start(base: ServiceBase & { db: Databases<DB> }): Promise<ServiceParts> | ServiceParts
  /** For tests. */
  clock?: Clock
  log?: Logger
}

export interface RunningService<DB> {
  base: ServiceBase & { db: Databases<DB> }
  responder: Responder
  relay: Relay
  consumers: ReturnType<typeof startConsumer>[]
  /** Port of /metrics, /healthz and /readyz. */
  port: number
  /** Drains: no more requests and events, what is in hand finished, connections closed. */
  stop(): Promise<void>
}

const firstConnectionMs = 30_000

/**
 * Main of a service: starts it and ends it on SIGTERM or SIGINT. When it cannot start it says so in one line
 * and exits 1.
 */
export async function runService<DB extends KitTables>(o: ServiceOptions<DB>): Promise<void> {
  const log = o.log ?? createLogger({ service: o.name, level: o.config.LOG_LEVEL })
  const drain = createDrain(log)
  endOnSignals(drain, log)
  try {
    await start({ ...o, log }, drain)
  } catch (error) {
    log.error('could not start', { error })
    await drain.run()
    process.exit(1)
  }
}

/** Starts a service in this process and gives its parts; `runService` and tests use it. Throws when it cannot. */
export async function startService<DB extends KitTables>(o: ServiceOptions<DB>): Promise<RunningService<DB>> {
  const log = o.log ?? createLogger({ service: o.name, level: o.config.LOG_LEVEL })
  const drain = createDrain(log)
  try {
    return await start({ ...o, log }, drain)
  } catch (error) {
    await drain.run()
    throw error
  }
}

/** In this order, and ended in the reverse one. */
async function start<DB extends KitTables>(
  o: ServiceOptions<DB> & { log: Logger },
  drain: Drain,
): Promise<RunningService<DB>> {
  const { config, log, name } = o
  const health = startHealth({ port: config.METRICS_PORT, host: config.METRICS_HOST, log })
  drain.add('health', () => health.stop())
  collectProcessMetrics()
  const telemetry = await startTelemetry({ service: name, tracesUrl: config.TRACES_URL })
  drain.add('telemetry', () => telemetry.stop())

  const base = await connectAll(o, drain)
  const { db, nats, clock } = base
  const parts = await o.start(base)
  drain.add('service', () => parts.stop?.())

  const relay = startRelay({ db: db.primary, url: config.DATABASE_URL, nats, service: name, log })
  drain.add('relay', () => relay.stop())
  const retention = startRetention({ db: db.primary, log, clock })
  drain.add('retention', () => retention.stop())
  const consumers = (parts.consumers ?? []).map((definition) =>
    startConsumer({ nats, db: db.primary, definition, log, clock }),
  )
  drain.add('consumers', async () => void (await Promise.all(consumers.map((consumer) => consumer.stop()))))
  const responder = await startResponder({
    nats,
    service: name,
    version: base.version,
    instance: base.instance,
    app: parts.app,
    answers: parts.answers ?? [],
    log,
  })
  drain.add('responder', () => responder.stop())

  addChecks(health, base)
  health.ready()
  drain.add('readiness', () => health.draining())
  log.info('ready', { version: base.version, instance: base.instance })
  return { base, responder, relay, consumers, port: health.port, stop: () => drain.run() }
}

async function connectAll<DB extends KitTables>(
  o: ServiceOptions<DB> & { log: Logger },
  drain: Drain,
): Promise<ServiceBase & { db: Databases<DB> }> {
  const { config, log, name } = o
  const clock = o.clock ?? systemClock
  const keyring = openKeyring({ file: config.KEYRING_FILE })
  const db = openDatabases<DB>({
    url: config.DATABASE_URL,
    replicaUrl: config.DATABASE_REPLICA_URL,
    name: `accord-${name}`,
    log,
  })
  drain.add('database', () => db.close())
  await patiently(() => assertSchema(db.primary, o.migrations), {
    what: 'Postgres',
    forMs: firstConnectionMs,
    isFinal: (error) => !isUnreachable(error),
    log,
  })
  const nats = await connectNats({ url: config.NATS_URL, user: name, seed: config.NATS_SEED, log })
  drain.add('nats', () => nats.close())
  const redis = await connectRedis({ url: config.REDIS_URL, prefix: config.REDIS_PREFIX, name, log })
  drain.add('redis', () => redis.disconnect())
  return {
    name,
    version: await packageVersion(o.migrations),
    instance: crypto.randomUUID(),
    log,
    clock,
    db,
    nats,
    redis,
    call: createCaller(nats, { log }),
    cache: createCache(redis, { log }),
    keyring,
    envelope: createEnvelope(keyring),
    actorKey: createActorVerifier({ publicJwk: JSON.parse(config.ACTOR_PUBLIC_KEY), service: name, clock }),
    publishLive: livePublisher(nats, log),
  }
}

function livePublisher(nats: NatsConnection, log: Logger): ServiceBase['publishLive'] {
  return (memberId, event) => {
    try {
      nats.publish(liveSubject(memberId), JSON.stringify(event))
    } catch (error) {
      log.warn('a live event was not sent', { type: event.type, error })
    }
  }
}

function addChecks<DB>(health: Health, { db, nats, redis }: ServiceBase & { db: Databases<DB> }): void {
  health.check('postgres', async () => {
    await sql`select 1`.execute(db.primary)
    return true
  })
  health.check('nats', async () => {
    await nats.flush()
    return true
  })
  health.check('redis', async () => (await redis.ping()) === 'PONG')
}

/** The server is not there, or not yet: its own refusals (password, schema) do not pass by waiting. */
function isUnreachable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : ''
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03', '57P01'].includes(code) ||
    /timeout|terminated/i.test(message)
  )
}
