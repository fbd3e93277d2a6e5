import type { ServiceName } from '@accord/contracts/service'
import { Elysia } from 'elysia'
import type { ActorVerifier } from '../actor.ts'
import type { Clock } from '../clock.ts'
import { currentContext } from '../context.ts'
import { AppError } from '../error.ts'
import type { Logger } from '../log.ts'
import { admit } from './admit.ts'
import { parseBody } from './body.ts'
import { inboundOf, makeCaller, setCaller } from './caller.ts'
import { asAppError } from './failure.ts'
import { operationsByRoute } from './operations.ts'
import { isOurFault, problemResponse } from './problem.ts'

export interface ServiceAppDeps {
  service: ServiceName
  clock: Clock
  log: Logger
  actorKey: ActorVerifier
}

/**
 * The Elysia app that a service's features are added to: `createServiceApp(deps).use(messageRoutes(deps))`.
 * Here, once, stand the rules of every operation: its access, JSON bodies by content type, strict validation,
 * and a problem document for whatever goes wrong. A route that `operation()` did not declare answers 500 to
 * everybody; the responder does not start with one.
 */
export function createServiceApp(deps: ServiceAppDeps) {
  const log = deps.log.child({ component: 'http' })
  // No normalisation: what does not fit is refused, not trimmed until it fits.
  const app = new Elysia({ normalize: false, strictPath: true })
  const declared = operationsByRoute(app)
  return app
    .onError(({ error, code, request }) => {
      if (typeof code === 'number') return undefined // A thrown status(): the route's own answer.
      const requestId = inboundOf(request)?.requestId ?? crypto.randomUUID()
      const failure = asAppError(error, code)
      if (isOurFault(failure.code))
        log.error('the operation failed', { requestId, error: failure.cause ?? failure })
      return problemResponse(failure, requestId)
    })
    .onParse(({ request, route }) => {
      const operation = declared(request.method, route)
      const inbound = inboundOf(request)
      if (inbound) return parseBody(operation, inbound.contentType, inbound.body)
      return request
        .arrayBuffer()
        .then((bytes) => parseBody(operation, request.headers.get('content-type'), new Uint8Array(bytes)))
    })
    .onTransform(async ({ request, route, set, params, query }) => {
      const { detail, convertParams, convertQuery } = declared(request.method, route)
      const inbound = inboundOf(request)
      if (inbound && inbound.operation !== detail.operationId) throw new AppError('not_found')
      // No column can hold U+0000, so nothing that is looked for has it.
      if (request.url.includes('%00')) throw new AppError('malformed_request')
      const actor = await admit(detail['x-accord'].access, inbound?.actor ?? null, deps)
      setCaller(request, makeCaller(request, inbound, actor))
      const context = currentContext()
      if (context && actor) context.actor = actor.memberId
      if (detail.successStatus !== null) set.status = detail.successStatus
      convertParams?.(params)
      convertQuery?.(query)
    })
}
