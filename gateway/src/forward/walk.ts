import { sessionModeHeader } from '@accord/contracts/actor'
import type { Clock } from '@accord/kit/clock'
import { AppError, isAppError, isRefused, type Refused } from '@accord/kit/error'
import { mayUse } from '../auth/access-rule.ts'
import type { Authenticator } from '../auth/authenticate.ts'
import { cookieOf, credentialsOf } from '../auth/credentials.ts'
import { refuseForeignWrite } from '../auth/csrf.ts'
import { limitKeyOf } from '../edge/address.ts'
import { type Answer, withHeaders } from '../edge/answer.ts'
import { readBody } from '../edge/body.ts'
import { limitReached, type RateLimiter, type Verdict } from '../edge/rate-limit.ts'
import type { Authenticated, Origin } from '../gateway.ts'
import type { Operation } from '../route/operation.ts'
import type { Forward, ForwardRequest } from './forward.ts'
import { answerOf } from './service-answer.ts'
import type { Upload, UploadReferenceBody } from './upload.ts'

export interface Walk {
  authenticator: Authenticator
  limiter: RateLimiter
  forward: Forward
  upload: Upload
  ownOrigins: ReadonlySet<string>
  clock: Clock
}

const nothing = new Uint8Array()

/** The way of one public request: may it be done, by whom, how often; then to the service and back. Throws AppError. */
export async function performOperation(
  walk: Walk,
  operation: Operation,
  request: Request,
  origin: Origin,
  target: string,
): Promise<Answer> {
  const auth = operation.rules.access === 'webhook' ? null : await whoCalls(walk, operation, request)
  const limit = await count(walk, operation, origin, isRefused(auth) ? null : auth)
  try {
    const caller = isRefused(auth) ? refuse(auth) : auth
    return await perform(walk, { operation, request, origin, target, caller }, limit)
  } catch (error) {
    throw isAppError(error) ? withHeaders(error, limit.headers) : error
  }
}

interface Counted {
  operation: Operation
  request: Request
  origin: Origin
  target: string
  caller: Authenticated | null
}

async function perform(
  walk: Walk,
  { operation, request, origin, target, caller }: Counted,
  limit: Verdict,
): Promise<Answer> {
  const refusal = mayUse(operation.rules.access, caller, walk.clock)
  if (refusal !== null) refuse(refusal)

  const { headers } = request
  const forwarded: ForwardRequest = {
    requestId: origin.requestId,
    address: origin.address,
    userAgent: origin.userAgent,
    traceparent: origin.traceparent,
    operation,
    target,
    auth: caller,
    headers: declaredHeaders(operation, headers),
    cookies: declaredCookies(operation, headers),
    contentType: headers.get('content-type') ?? undefined,
    body: nothing,
  }
  const { upload, maxBodyBytes } = operation.rules
  if (upload) {
    const send = (reference: UploadReferenceBody) => walk.forward({ ...forwarded, ...reference })
    const owner = caller?.actor.memberId ?? limitKeyOf(origin.address)
    return answerOf(operation, await walk.upload(upload, request, owner, send), headers, limit.headers)
  }
  if (operation.method !== 'GET') forwarded.body = await readBody(request, maxBodyBytes)
  return answerOf(operation, await walk.forward(forwarded), headers, limit.headers)
}

/**
 * Public operations are for everybody: a token that has gone bad does not keep its owner from signing in. A
 * write that carries our cookies, or asks for some, must come from our own pages in any case.
 */
async function whoCalls(
  walk: Walk,
  operation: Operation,
  request: Request,
): Promise<Authenticated | Refused | null> {
  const credentials = credentialsOf(request.headers)
  if (isRefused(credentials) && credentials.refused === 'malformed_request') return credentials
  const usesCookies =
    (credentials !== null && !isRefused(credentials) && credentials.mode === 'cookie') ||
    request.headers.get(sessionModeHeader) === 'cookie' ||
    operation.cookies.some((name) => cookieOf(request.headers.get('cookie') ?? '', name) !== null)
  const foreign = usesCookies ? refuseForeignWrite(request, walk.ownOrigins) : null
  if (foreign !== null) return foreign

  const isPublic = operation.rules.access === 'public'
  if (credentials === null) return null
  const auth = isRefused(credentials) ? credentials : await walk.authenticator.withCredentials(credentials)
  return isRefused(auth) && isPublic ? null : auth
}

/**
 * Counts the request, by member where there is one. Guesses at others' secrets are counted by address all the
 * same, or each account that somebody has would give them as many again. Throws AppError `too_many_requests`.
 */
async function count(
  { limiter }: Walk,
  operation: Operation,
  origin: Origin,
  auth: Authenticated | null,
): Promise<Verdict> {
  const { access, rate } = operation.rules
  const byAddress = auth === null || (access === 'public' && rate === 'credentials')
  const key = byAddress ? limitKeyOf(origin.address) : auth.actor.memberId
  const taken = limiter.take(rate, key)
  const verdict = taken instanceof Promise ? await taken : taken
  if (!verdict.allowed) throw limitReached(verdict)
  return verdict
}

function refuse({ refused, detail, retryAfterSeconds }: Refused): never {
  throw new AppError(refused, { detail, retryAfterSeconds })
}

function declaredHeaders(operation: Operation, headers: Headers): Record<string, string> {
  const declared: Record<string, string> = {}
  for (const name of operation.headers) {
    const value = headers.get(name)
    if (value !== null) declared[name] = value
  }
  return declared
}

function declaredCookies(operation: Operation, headers: Headers): Record<string, string> | undefined {
  const header = operation.cookies.length === 0 ? null : headers.get('cookie')
  if (header === null) return undefined
  const cookies: Record<string, string> = {}
  for (const name of operation.cookies) {
    const value = cookieOf(header, name)
    if (value !== null) cookies[name] = value
  }
  return cookies
}
