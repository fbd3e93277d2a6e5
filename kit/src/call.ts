import type { CallContract } from '@accord/contracts/call/define'
import { type NatsConnection, NoRespondersError, RequestError, TimeoutError } from '@nats-io/nats-core'
import { SpanKind } from '@opentelemetry/api'
import type { Static } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  SamplingBreaker,
} from 'cockatiel'
import { decodeCallError, encodeCallContext } from './call-wire.ts'
import { currentContext } from './context.ts'
import { AppError, isAppError } from './error.ts'
import type { Logger } from './log.ts'
import { counter, histogram } from './metrics.ts'
import { currentTraceparent, withSpan } from './telemetry.ts'

/**
 * Asks another service. Throws the AppError that it answered with, rebuilt by its code, or `unavailable` (nobody
 * listens, or too many calls failed lately), `timed_out`, or `internal` where the input does not fit the contract.
 */
export type Call = <C extends CallContract>(
  contract: C,
  input: Static<C['request']>,
  options?: { timeoutMs?: number },
) => Promise<Static<C['response']>>

const outcomes = counter({
  name: 'accord_calls_total',
  help: 'Internal calls made, by outcome: ok, or the error code.',
  labels: ['call', 'outcome'],
})
const seconds = histogram({
  name: 'accord_call_seconds',
  help: 'Time that internal calls took the caller.',
  labels: ['call'],
})

/** A Call over NATS: with a deadline that never outlasts the work in hand, and one circuit breaker a subject. */
export function createCaller(nats: NatsConnection, o: { log: Logger }): Call {
  const breakers = new Map<string, CircuitBreakerPolicy>()
  const breakerOf = (subject: string) => {
    const breaker = breakers.get(subject) ?? makeBreaker(subject, o.log)
    breakers.set(subject, breaker)
    return breaker
  }

  return async (contract, input, options) => {
    const { subject } = contract
    const begin = performance.now()
    try {
      const timeoutMs = timeoutFor(options?.timeoutMs ?? contract.timeoutMs)
      // Before the breaker: that we are late says nothing of the other service.
      if (timeoutMs <= 0) throw new AppError('timed_out')
      const output = await breakerOf(subject).execute(() =>
        withSpan(subject, { kind: SpanKind.CLIENT }, () => request(nats, subject, input, timeoutMs)),
      )
      outcomes.inc({ call: subject, outcome: 'ok' })
      return output as Static<(typeof contract)['response']>
    } catch (error) {
      const known = asAppError(error)
      outcomes.inc({ call: subject, outcome: known.code })
      throw known
    } finally {
      seconds.observe({ call: subject }, (performance.now() - begin) / 1000)
    }
  }
}

/** One endpoint of the NATS service that answers a call; listed in `ServiceParts.answers`. */
export interface CallAnswer {
  contract: CallContract
  /** Validates, handles, validates. Throws AppError. */
  run(input: unknown): Promise<unknown>
}

/**
 * Answers a call. Input that does not fit the contract is answered with `validation_failed`, and is the caller's bug;
 * an answer that does not fit is ours, and `internal`.
 */
export function answer<C extends CallContract>(
  contract: C,
  handle: (input: Static<C['request']>) => Promise<Static<C['response']>>,
): CallAnswer {
  const request = TypeCompiler.Compile(contract.request)
  const response = TypeCompiler.Compile(contract.response)
  return {
    contract,
    async run(input) {
      if (!request.Check(input)) {
        const path = request.Errors(input).First()?.path ?? ''
        throw new AppError('validation_failed', {
          fields: [{ path, in: 'body', expected: 'what the contract says' }],
        })
      }
      const output = await handle(input as Static<C['request']>)
      if (response.Check(output)) return output
      const path = response.Errors(output).First()?.path ?? ''
      throw new Error(`The answer of ${contract.subject} does not fit its contract at "${path}"`)
    },
  }
}

async function request(
  nats: NatsConnection,
  subject: string,
  input: unknown,
  timeoutMs: number,
): Promise<unknown> {
  const requestId = currentContext()?.requestId ?? crypto.randomUUID()
  const traceparent = currentTraceparent()
  const reply = await nats.request(subject, JSON.stringify(input), {
    timeout: timeoutMs,
    headers: encodeCallContext({
      requestId,
      ...(traceparent === undefined ? {} : { traceparent }),
      timeoutMs,
    }),
  })
  const error = decodeCallError(reply)
  if (error) throw isOurBug(error) ? new AppError('internal', { cause: error }) : error
  return reply.json()
}

/**
 * The other service could not read what we made, or found that it does not fit. Passed on, it would tell our own
 * client that something is wrong with a body it has never seen.
 */
function isOurBug({ code }: AppError): boolean {
  return code === 'validation_failed' || code === 'malformed_request'
}

/** The time a call may take: its own, or what is left until whoever waits for the work in hand gives up. */
function timeoutFor(ownMs: number): number {
  const deadline = currentContext()?.deadline
  return deadline === undefined ? ownMs : Math.min(ownMs, Math.floor(deadline - performance.now()))
}

/** Opens when half of at least ten calls within ten seconds got no answer; tries again after 1 s, then longer. */
function makeBreaker(subject: string, log: Logger): CircuitBreakerPolicy {
  const breaker = circuitBreaker(handleWhen(isNoAnswer), {
    breaker: new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 1 }),
    halfOpenAfter: new ExponentialBackoff({ initialDelay: 1_000, maxDelay: 30_000 }),
  })
  breaker.onBreak(() => log.warn('calls are suspended', { call: subject }))
  breaker.onReset(() => log.info('calls are resumed', { call: subject }))
  return breaker
}

/** Refusals are answers: only what got none counts against a service. */
function isNoAnswer(error: unknown): boolean {
  const { code } = asAppError(error)
  return code === 'unavailable' || code === 'timed_out'
}

function asAppError(error: unknown): AppError {
  if (isAppError(error)) return error
  if (error instanceof BrokenCircuitError)
    return new AppError('unavailable', { cause: error, retryAfterSeconds: 1 })
  if (error instanceof TimeoutError) return new AppError('timed_out', { cause: error })
  const noResponders =
    error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders())
  // What is left is the connection: closed, draining, or the message refused by the server.
  return new AppError('unavailable', { cause: error, retryAfterSeconds: noResponders ? 2 : 1 })
}
