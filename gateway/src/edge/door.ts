/**
 * The way in of every request. It is Bun.serve's own handler, not an Elysia app: the gateway has no routes of
 * its own to declare, what it forwards is decided by the compiled table, and a framework's context, hooks and
 * response mapping per request would be paid for and thrown away.
 */
import { runInContext } from '@accord/kit/context'
import { AppError, isAppError } from '@accord/kit/error'
import { isOurFault } from '@accord/kit/http/problem'
import type { Logger } from '@accord/kit/log'
import { mediaPath } from '@accord/kit/media-url'
import { currentTraceparent, isTracing, withSpan } from '@accord/kit/telemetry'
import { SpanKind } from '@opentelemetry/api'
import type { Server } from 'bun'
import type { ServeDocs } from '../docs/serve-docs.ts'
import { performOperation, type Walk } from '../forward/walk.ts'
import type { LiveDoor, Origin } from '../gateway.ts'
import { type MediaDoor, serveMedia } from '../media/serve-media.ts'
import type { Operation } from '../route/operation.ts'
import type { RouteTable } from '../route/table.ts'
import type { ServeSite } from '../web/static-site.ts'
import type { AddressOf } from './address.ts'
import { limitKeyOf } from './address.ts'
import { type Answer, jsonAnswer, problemAnswer, withHeaders } from './answer.ts'
import type { Cors } from './cors.ts'
import { observeRequest } from './metrics.ts'
import { originOf } from './origin.ts'
import { limitReached } from './rate-limit.ts'
import type { Send } from './send.ts'

export interface Door {
  addressOf: AddressOf
  cors: Cors
  send: Send
  table: () => RouteTable
  walk: Walk
  media: MediaDoor
  docs: ServeDocs
  site: ServeSite
  /** The sockets, where there are any. */
  live: LiveDoor | null
  /** Names what is not ready; empty when all is. */
  notReady: () => readonly string[]
  log: Logger
}

interface Visit {
  request: Request
  path: string
  /** Path and query as they came. */
  target: string
  origin: Origin
}

const maxTargetLength = 4096

/** Makes the handler of Bun.serve. */
export function createDoor(
  door: Door,
): (request: Request, server: Server<unknown>) => Promise<Response | undefined> {
  return async (request, server) => {
    const startedAt = performance.now()
    const origin = originOf(request, server.requestIP(request)?.address ?? '', door.addressOf)
    const target = targetOf(request.url)
    const question = target.indexOf('?')
    const path = question === -1 ? target : target.slice(0, question)
    const visit = { request, path, target, origin }

    if (door.live !== null && path === door.live.path) return enterLive(door, door.live, visit, server)
    const found = { label: 'unknown' }
    let answer: Answer
    try {
      answer = await route(door, visit, found)
    } catch (error) {
      logFailure(door.log, found.label, origin.requestId, error)
      answer = problemAnswer(error, origin.requestId)
    }
    const seconds = (performance.now() - startedAt) / 1000
    observeRequest(found.label, answer.status, seconds)
    return door.send(origin.requestId, answer, door.cors.headersFor(request.headers.get('origin')))
  }
}

/** `found.label` becomes the operationId, or what kind of path it is: the label of its metric. */
function route(door: Door, visit: Visit, found: { label: string }): Promise<Answer> | Answer {
  const { request, path, target, origin } = visit
  if (target.length > maxTargetLength)
    throw new AppError('malformed_request', { detail: 'The address is too long.' })
  if (request.method === 'OPTIONS') return answerOptions(door, visit)

  const match = door.table().match(request.method, path)
  if (match.kind === 'found') {
    found.label = match.operation.id
    const perform = (from: Origin) => performOperation(door.walk, match.operation, request, from, target)
    return isTracing() ? traced(match.operation, origin, perform) : perform(origin)
  }
  if (match.kind === 'wrong-method') throw methodNotAllowed(match.allow)
  return serveOwn(door, visit, found)
}

/** The request as a span; the service's becomes its child. */
function traced(
  { id, template, method }: Operation,
  origin: Origin,
  perform: (from: Origin) => Promise<Answer>,
): Promise<Answer> {
  const { requestId, traceparent } = origin
  const attributes = { 'http.request.method': method, 'http.route': template, 'accord.request_id': requestId }
  return runInContext({ requestId, traceparent, operation: id }, () =>
    withSpan(id, { kind: SpanKind.SERVER, traceparent, attributes }, () => {
      const inside = currentTraceparent()
      return perform(inside === undefined ? origin : { ...origin, traceparent: inside })
    }),
  )
}

/** What no service owns: health, documents, media, the web app. Read only. */
async function serveOwn(door: Door, visit: Visit, found: { label: string }): Promise<Answer> {
  const { request, path, target } = visit
  const isOwn = ownPaths.has(path) || path.startsWith('/docs/') || path.startsWith(mediaPath)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    if (isOwn) throw methodNotAllowed(readMethods)
    throw await notFound(door, visit)
  }
  if (path === '/healthz') return labelled(found, 'healthz', jsonAnswer(200, { status: 'ok' }))
  if (path === '/readyz') return labelled(found, 'readyz', readiness(door.notReady()))
  if (path.startsWith(mediaPath)) {
    found.label = 'media'
    return serveMedia(door.media, request, target)
  }
  const document = await door.docs(path, request.headers)
  if (document !== null) return labelled(found, 'docs', document)
  const page = await door.site(path, request)
  if (page !== null) return labelled(found, 'web', page)
  throw await notFound(door, visit)
}

const readMethods = ['GET', 'HEAD', 'OPTIONS']
const ownPaths: ReadonlySet<string> = new Set([
  '/',
  '/docs',
  '/openapi.json',
  '/asyncapi.json',
  '/healthz',
  '/readyz',
])

function answerOptions(door: Door, { request, path }: Visit): Answer {
  const { headers } = request
  const preflight = door.cors.preflight(headers.get('origin'), headers.get('access-control-request-method'))
  const match = door.table().match('OPTIONS', path)
  const allow = match.kind === 'wrong-method' ? match.allow : readMethods
  return {
    status: 204,
    headers: { allow: allow.join(', '), 'cache-control': 'no-store', ...preflight },
    body: null,
    policy: 'api',
  }
}

/** Somebody who tries address after address is counted as well. */
async function notFound({ walk }: Door, { origin }: Visit): Promise<AppError> {
  const verdict = await walk.limiter.take('default', limitKeyOf(origin.address))
  return verdict.allowed ? new AppError('not_found') : limitReached(verdict)
}

function readiness(missing: readonly string[]): Answer {
  return missing.length === 0
    ? jsonAnswer(200, { status: 'ready' })
    : jsonAnswer(503, { status: 'not ready', missing })
}

function labelled(found: { label: string }, label: string, answer: Answer): Answer {
  found.label = label
  return answer
}

async function enterLive(
  door: Door,
  live: LiveDoor,
  { request, origin }: Visit,
  server: Server<unknown>,
): Promise<Response | undefined> {
  try {
    return await live.upgrade(request, server, origin)
  } catch (error) {
    logFailure(door.log, 'live', origin.requestId, error)
    return door.send(origin.requestId, problemAnswer(error, origin.requestId), null)
  }
}

const methodNotAllowed = (allow: readonly string[]) =>
  withHeaders(new AppError('method_not_allowed'), { allow: allow.join(', ') })

/** Path and query of a request's URL, as they came: of one without a usable Host, Bun gives nothing else. */
function targetOf(url: string): string {
  const slash = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('://') + 3)
  const hash = url.indexOf('#', slash)
  return slash === -1 ? '/' : hash === -1 ? url.slice(slash) : url.slice(slash, hash)
}

function logFailure(log: Logger, operation: string, requestId: string, error: unknown): void {
  if (isAppError(error) && !isOurFault(error.code)) return
  log.error('request failed', { operation, requestId, error })
}
