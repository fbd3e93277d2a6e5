import type { Actor } from '@accord/contracts/actor'
import { type ConsumerName, consumers } from '@accord/contracts/consumer'
import type { ServiceName } from '@accord/contracts/service'
import { type Clock, systemClock } from '@accord/kit/clock'
import type { ServiceConfig } from '@accord/kit/config'
import type { KitTables } from '@accord/kit/db/tables'
import { decodeResponse, encodeRequest } from '@accord/kit/http/wire'
import { createLogger, type Logger } from '@accord/kit/log'
import { type RunningService, type ServiceOptions, startService } from '@accord/kit/service'
import { type TestActorKeys, testActorKeys } from './actor.ts'
import { createTestDatabase } from './database.ts'
import { testKeyring } from './keyring.ts'
import { startTestNats, type TestNats } from './nats.ts'
import { testRedis } from './redis.ts'

export interface TestRequest {
  method: string
  /** Path and query. */
  path: string
  /** Sent as JSON; a string or bytes go as they are. */
  body?: unknown
  contentType?: string
  actor?: Actor
  /** Names in lower case. */
  headers?: Record<string, string>
  cookies?: Record<string, string>
}

export interface TestAnswer {
  status: number
  /** Parsed when it is JSON or a problem document; null when empty. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the answer holds
  body: any
  headers: Record<string, string>
  setCookies: string[]
}

export interface TestService<DB> extends RunningService<DB> {
  config: ServiceConfig
  actors: TestActorKeys
  nats: TestNats
  /** Asks as the gateway would, over NATS, with the actor's signed assertion. */
  request(request: TestRequest): Promise<TestAnswer>
  /** Resolves once the service has settled every event that it consumes. */
  caughtUp(): Promise<void>
}

/**
 * A service in this process: its own database, key prefix, keys and, unless `nats` is given, its own
 * nats-server. What else the service needs to be configured with, `start` closes over. `stop` drains it and
 * removes all.
 */
export async function startTestService<DB extends KitTables>(o: {
  name: ServiceName
  migrations: string
  start: ServiceOptions<DB>['start']
  /** A server that several services of a test share; the test stops it. */
  nats?: TestNats
  clock?: Clock
  log?: Logger
}): Promise<TestService<DB>> {
  const clock = o.clock ?? systemClock
  const [nats, database, redis] = await Promise.all([
    o.nats ?? startTestNats(),
    createTestDatabase(o.name, o.migrations),
    testRedis(),
  ])
  const keyring = testKeyring()
  const actors = testActorKeys(clock)
  const config: ServiceConfig = {
    DATABASE_URL: database.url,
    NATS_URL: nats.url,
    NATS_SEED: nats.seedOf(o.name),
    REDIS_URL: redis.url,
    REDIS_PREFIX: redis.prefix,
    METRICS_PORT: 0,
    METRICS_HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    ACTOR_PUBLIC_KEY: actors.publicKey,
    KEYRING_FILE: keyring.file,
    PUBLIC_URL: 'http://localhost:8080',
  }
  const log = o.log ?? createLogger({ service: o.name, level: 'error' })
  const running = await startService({ ...o, config, clock, log })
  const gateway = await nats.connect('gateway')
  const consumed = (Object.keys(consumers) as ConsumerName[]).filter(
    (name) => consumers[name].service === o.name,
  )
  const operationAt = routerOf(running.responder.document.paths)

  return {
    ...running,
    config,
    actors,
    nats,
    caughtUp: () => nats.caughtUp(...consumed),
    async request(request) {
      const operation = operationAt(request.method, request.path.split('?', 1)[0] ?? '')
      const assertion = request.actor && (await actors.assert(request.actor, o.name))
      const { headers, data } = encodeRequest({
        method: request.method,
        target: request.path,
        requestId: crypto.randomUUID(),
        address: '127.0.0.1',
        userAgent: 'test',
        ...(assertion === undefined ? {} : { actor: assertion }),
        ...contentOf(request),
        headers: request.headers ?? {},
        ...(request.cookies === undefined ? {} : { cookies: request.cookies }),
      })
      const reply = await gateway.request(`http.${o.name}.${operation}`, data, { headers, timeout: 10_000 })
      const { status, contentType, headers: sent, setCookies, body } = decodeResponse(reply)
      return { status, body: bodyOf(contentType, body), headers: sent, setCookies }
    },
    async stop() {
      await running.stop()
      await gateway.close()
      await Promise.all([redis.stop(), database.drop(), o.nats ? undefined : nats.stop()])
      keyring.remove()
    },
  }
}

function contentOf({ body, contentType }: TestRequest): { contentType?: string; body: Uint8Array } {
  if (body === undefined) {
    return { ...(contentType === undefined ? {} : { contentType }), body: new Uint8Array() }
  }
  const bytes =
    body instanceof Uint8Array ? body : encoder.encode(typeof body === 'string' ? body : JSON.stringify(body))
  return { contentType: contentType ?? 'application/json', body: bytes }
}

function bodyOf(contentType: string | undefined, body: Uint8Array): unknown {
  if (body.length === 0) return null
  const text = new TextDecoder().decode(body)
  return contentType?.includes('json') ? JSON.parse(text) : text
}

/** The operation of a method and path, as the gateway's route table would find it: literal segments win. */
function routerOf(paths: Record<string, Record<string, unknown>>) {
  const routes = Object.entries(paths)
    .map(([template, methods]) => ({
      methods: methods as Record<string, { operationId: string }>,
      placeholders: template.split('{').length - 1,
      pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
    }))
    .sort((a, b) => a.placeholders - b.placeholders)
  return (method: string, path: string): string => {
    const found = routes.find(({ pattern, methods }) => pattern.test(path) && methods[method.toLowerCase()])
    const operation = found?.methods[method.toLowerCase()]
    if (!operation) throw new Error(`${method} ${path} is no operation of this service`)
    return operation.operationId
  }
}

const encoder = new TextEncoder()
