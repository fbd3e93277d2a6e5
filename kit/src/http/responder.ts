import { newId } from '@accord/contracts/id'
import { operationRulesKey } from '@accord/contracts/operation'
import { type ServiceName, serviceOfPath } from '@accord/contracts/service'
import { objectBuckets } from '@accord/contracts/stream'
import type { NatsConnection } from '@nats-io/nats-core'
import { Objm } from '@nats-io/obj'
import type { AnyElysia } from 'elysia'
import { callEndpoint } from '../answer-call.ts'
import type { CallAnswer } from '../call.ts'
import { createLimit } from '../limit.ts'
import type { Logger } from '../log.ts'
import { gauge } from '../metrics.ts'
import { createDocument, hashOfDocument, type ServiceDocument } from './document.ts'
import { documentOperation, operationsOf, type RegisteredOperation } from './operations.ts'
import { createHttpHandler, refuseHttp, type StoreLarge } from './respond.ts'
import { type Endpoint, type ServedEndpoints, serveEndpoints } from './service-protocol.ts'

export interface ResponderOptions {
  nats: NatsConnection
  service: ServiceName
  /** Semantic version of the service. */
  version: string
  /** Unique among the instances; a new one unless told. */
  instance?: string
  app: AnyElysia
  answers?: readonly CallAnswer[]
  log: Logger
  /** Handled side by side, and waiting beyond that; what comes on top is refused. 256 and 512 unless told. */
  concurrency?: number
  queue?: number
}

export interface Responder {
  document: ServiceDocument
  /** Takes no more requests and finishes those in hand. */
  stop(): Promise<void>
}

const inHand = gauge({
  name: 'accord_responder_in_hand',
  help: 'Requests at work or waiting in this instance.',
})

/**
 * Puts a service on NATS: every public operation of its app on `http.<service>.<operationId>`, its internal
 * answers on `rpc.<service>.<verb>`, its OpenAPI document on `http.<service>.openapi`, all as endpoints of one
 * NATS service in one queue group. Throws when an operation declares no access rule, an id is invalid or used
 * twice, or a path belongs to another service, and says which.
 */
export async function startResponder(o: ResponderOptions): Promise<Responder> {
  const operations = operationsOf(o.app)
  refuseForeignPaths(o.service, operations)
  const document = createDocument(o.service, o.version, operations)
  const hash = hashOfDocument(document)
  const limit = createLimit(o.concurrency ?? 256, o.queue ?? 512)
  const storeLarge = largeStore(o.nats, o.service)
  // Elysia compiles each route at its first request: do it now, not under the first client's deadline.
  o.app.compile()

  const served = serveEndpoints({
    nats: o.nats,
    service: {
      name: o.service,
      id: o.instance ?? crypto.randomUUID(),
      version: o.version,
      description: `Accord’s service ${o.service}.`,
      metadata: { 'openapi-hash': hash },
    },
    endpoints: [
      ...operations.map((operation) => httpEndpoint(o, operation, hash, storeLarge)),
      ...(o.answers ?? []).map((answer) => callEndpoint(answer, o.log)),
      documentEndpoint(o.service, document, hash),
    ],
    limit,
    log: o.log,
  })
  const measure = setInterval(() => inHand.set(limit.size()), 1000)
  measure.unref()
  await o.nats.flush()
  announce(o)
  return { document, stop: () => stop(o, served, measure) }
}

function httpEndpoint(
  o: ResponderOptions,
  { method, path, detail }: RegisteredOperation,
  hash: string,
  storeLarge: StoreLarge,
): Endpoint {
  const operation = detail.operationId
  const template = path.replace(/:([A-Za-z0-9]+)/g, '{$1}')
  return {
    name: operation,
    subject: `http.${o.service}.${operation}`,
    metadata: {
      kind: 'http',
      method,
      path: template,
      access: detail[operationRulesKey].access,
      'openapi-hash': hash,
      // JSON Pointer into the document on `http.<service>.openapi`.
      schema: `#/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1')}/${method.toLowerCase()}`,
    },
    handle: createHttpHandler({ app: o.app, operation, storeLarge, log: o.log }),
    refuse: refuseHttp,
  }
}

function documentEndpoint(service: ServiceName, document: ServiceDocument, hash: string): Endpoint {
  const outcome = { data: new TextEncoder().encode(JSON.stringify(document)) }
  return {
    name: documentOperation,
    subject: `http.${service}.${documentOperation}`,
    metadata: { kind: 'document', 'openapi-hash': hash },
    handle: () => Promise.resolve(outcome),
    refuse: () => outcome,
  }
}

function refuseForeignPaths(service: ServiceName, operations: readonly RegisteredOperation[]): void {
  const foreign = operations.filter(({ path }) => serviceOfPath(path) !== service)
  if (foreign.length === 0) return
  const named = foreign.map(({ method, path }) => `${method} ${path}`).join(', ')
  throw new Error(`These paths do not belong to ${service}: ${named}`)
}

/** Bodies that are too large for a message go through the bucket `uploads`, for services that may write it. */
function largeStore(nats: NatsConnection, service: ServiceName): StoreLarge {
  const { name: bucket, writers } = objectBuckets.uploads
  const mayWrite = (writers as readonly string[]).includes(service)
  return async (body) => {
    if (!mayWrite) throw new Error(`An answer of ${body.length} bytes is too large for a message`)
    const store = await new Objm(nats).open(bucket, { check: false })
    const name = newId('upl')
    await store.putBlob({ name }, body)
    return name
  }
}

/** Gateways look at once instead of within five seconds. */
function announce({ nats, service, log }: ResponderOptions): void {
  try {
    nats.publish('route.changed', service)
  } catch (error) {
    log.warn('the gateways could not be told', { error })
  }
}

async function stop(o: ResponderOptions, served: ServedEndpoints, measure: Timer): Promise<void> {
  await served.drain()
  clearInterval(measure)
  if (!o.nats.isClosed()) await o.nats.flush().catch(() => {})
}
