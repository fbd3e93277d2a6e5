import { problemContentType } from '@accord/contracts/problem'
import type { Msg } from '@nats-io/nats-core'
import { SpanKind } from '@opentelemetry/api'
import type { AnyElysia } from 'elysia'
import type { Counter, Histogram } from 'prom-client'
import { runInContext } from '../context.ts'
import { AppError, isAppError } from '../error.ts'
import type { Logger } from '../log.ts'
import { counter, histogram } from '../metrics.ts'
import { withSpan } from '../telemetry.ts'
import { attachInbound } from './caller.ts'
import { toProblem } from './problem.ts'
import type { Outcome } from './service-protocol.ts'
import {
  decodeRequest,
  encodeResponse,
  maxWireBodyBytes,
  type WireRequest,
  type WireResponse,
} from './wire.ts'

/** Stores a body that is too large for a message; gives the object's name. */
export type StoreLarge = (body: Uint8Array) => Promise<string>

const requests = counter({
  name: 'accord_http_requests_total',
  help: 'Public operations answered, by class of status.',
  labels: ['operation', 'status'],
})
const seconds = histogram({
  name: 'accord_http_request_seconds',
  help: 'Time from the arrival of a public operation to its answer, by class of status.',
  labels: ['operation', 'status'],
})

/** How long a request may take when nobody said. */
const defaultTimeoutMs = 10_000

/**
 * Answers the requests of one operation with the app. `arrived` is on the clock of `performance.now()`.
 * Never throws: whatever goes wrong becomes a problem document.
 */
export function createHttpHandler(o: {
  app: AnyElysia
  operation: string
  storeLarge: StoreLarge
  log: Logger
}): (message: Msg, arrived: number) => Promise<Outcome> {
  const { app, operation, storeLarge, log } = o
  const record = createRecorder(operation)

  return async (message, arrived) => {
    const response = await handle(message, arrived)
    record(response.status, (performance.now() - arrived) / 1000)
    const error = response.status >= 500 ? `answered ${response.status}` : undefined
    const { headers, data } = encodeResponse(response)
    return { headers, data, error }
  }

  async function handle(message: Msg, arrived: number): Promise<WireResponse> {
    let requestId = 'unknown'
    try {
      const wire = decodeRequest(message)
      requestId = wire.requestId
      const deadline = arrived + (wire.timeoutMs ?? defaultTimeoutMs)
      // It waited in the queue until nobody waits for it any more.
      if (performance.now() > deadline) throw new AppError('timed_out')
      const request = toRequest(wire, operation)
      const context = { requestId, traceparent: wire.traceparent, operation, deadline }
      const response = await runInContext(context, () =>
        withSpan(operation, { kind: SpanKind.SERVER, traceparent: wire.traceparent }, () =>
          handleWith(app, request),
        ),
      )
      return await toWire(response, storeLarge)
    } catch (error) {
      if (!isAppError(error)) log.error('an answer could not be made', { operation, requestId, error })
      return problemWire(error, requestId)
    }
  }
}

/** A problem document on the wire. */
export function problemWire(error: unknown, requestId: string): WireResponse {
  const { status, problem } = toProblem(error, requestId)
  const { retryAfterSeconds } = problem
  return {
    status,
    contentType: problemContentType,
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    setCookies: [],
    body: encoder.encode(JSON.stringify(problem)),
  }
}

/** The refusal of a request that there is no room for. */
export function refuseHttp(message: Msg): Outcome {
  const requestId = requestIdOf(message)
  const busy = new AppError('unavailable', { detail: 'Too much is under way.', retryAfterSeconds: 1 })
  return { ...encodeResponse(problemWire(busy, requestId)), error: 'too busy' }
}

function requestIdOf(message: Msg): string {
  try {
    return decodeRequest(message).requestId
  } catch {
    return 'unknown'
  }
}

async function handleWith(app: AnyElysia, request: Request): Promise<Response> {
  return app.handle(request)
}

/** Children of the metrics, looked up once for each class of status. */
function createRecorder(operation: string): (status: number, duration: number) => void {
  const children = new Map<number, { count: Counter.Internal; time: Histogram.Internal<string> }>()
  return (status, duration) => {
    const group = Math.floor(status / 100)
    let child = children.get(group)
    if (!child) {
      const label = `${group}xx`
      child = { count: requests.labels(operation, label), time: seconds.labels(operation, label) }
      children.set(group, child)
    }
    child.count.inc()
    child.time.observe(duration)
  }
}

const encoder = new TextEncoder()

function toRequest(wire: WireRequest, operation: string): Request {
  if (!wire.target.startsWith('/')) throw new AppError('malformed_request')
  const headers: Record<string, string> = { ...wire.headers }
  if (wire.cookies) headers.cookie = cookieHeader(wire.cookies)
  // The host must be this long: Elysia looks for the path from the 11th character on.
  const request = new Request(`http://localhost${wire.target}`, { method: wire.method, headers })
  attachInbound(request, {
    operation,
    requestId: wire.requestId,
    address: wire.address,
    userAgent: wire.userAgent ?? '',
    actor: wire.actor ?? null,
    headers: wire.headers,
    contentType: wire.contentType ?? null,
    body: wire.body,
  })
  return request
}

function cookieHeader(cookies: Record<string, string>): string {
  return Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
}

async function toWire(response: Response, storeLarge: StoreLarge): Promise<WireResponse> {
  const body = new Uint8Array(await response.arrayBuffer())
  const wire: WireResponse = { status: response.status, headers: {}, setCookies: [], body }
  readHeaders(response.headers, wire)
  if (body.length > maxWireBodyBytes) {
    wire.object = await storeLarge(body)
    wire.body = new Uint8Array()
  }
  return wire
}

function readHeaders(all: Headers, wire: WireResponse): void {
  const type = all.get('content-type')
  if (type) wire.contentType = type.startsWith('application/json') ? 'application/json' : type
  // Nearly every answer has this one header; walking through them costs more than counting.
  if (all.count === (type ? 1 : 0)) return
  for (const [name, value] of all) {
    if (!unsent.has(name)) wire.headers[name] = value
  }
  wire.setCookies = all.getSetCookie()
}

/** What travels in a place of its own, or is the gateway's to say. */
const unsent: ReadonlySet<string> = new Set(['content-type', 'content-length', 'set-cookie'])
