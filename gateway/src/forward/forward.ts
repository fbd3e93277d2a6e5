import { type ServiceName, serviceNames } from '@accord/contracts/service'
import type { ActorSigner } from '@accord/kit/actor'
import { AppError } from '@accord/kit/error'
import { decodeResponse, encodeRequest, type WireResponse } from '@accord/kit/http/wire'
import type { Logger } from '@accord/kit/log'
import type { Authenticated } from '../gateway.ts'
import type { Operation } from '../route/operation.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import type { LargeAnswers } from './large-answer.ts'
import type { Requester } from './requester.ts'

const deadlineMs = 10_000

/** An operation to perform at its service; everything about the caller has been decided before. */
export interface ForwardRequest {
  requestId: string
  address: string
  userAgent?: string | undefined
  traceparent?: string | undefined
  operation: Operation
  /** Path and query. */
  target: string
  auth: Authenticated | null
  headers: Record<string, string>
  cookies?: Record<string, string> | undefined
  contentType?: string | undefined
  body: Uint8Array
  timeoutMs?: number
}

export type Forward = (request: ForwardRequest) => Promise<WireResponse>

/** Sends operations to their services and waits for the answers. Throws AppError `unavailable` or `timed_out`. */
export function createForward(o: {
  requester: Requester
  signer: ActorSigner
  largeAnswers: LargeAnswers
  log: Logger
}): Forward {
  const breakers = new Map<ServiceName, Breaker>(
    serviceNames.map((name) => [name, createBreaker(name, o.log)]),
  )

  return async (request) => {
    const { operation, auth } = request
    const timeoutMs = request.timeoutMs ?? deadlineMs
    const actor = auth === null ? undefined : await o.signer.sign(auth.actor, operation.service)
    const { headers, data } = encodeRequest({
      method: operation.method,
      target: request.target,
      requestId: request.requestId,
      address: request.address,
      userAgent: request.userAgent,
      actor,
      traceparent: request.traceparent,
      contentType: request.contentType,
      headers: request.headers,
      cookies: request.cookies,
      timeoutMs,
      body: request.body,
    })
    const breaker = breakers.get(operation.service)
    if (breaker === undefined) throw new AppError('unavailable')
    const answer = decodeResponse(
      await breaker(() => o.requester.request(operation.subject, headers, data, timeoutMs)),
    )
    return answer.object === undefined ? answer : o.largeAnswers.collect(answer, answer.object)
  }
}
