import type { Msg } from '@nats-io/nats-core'
import { SpanKind } from '@opentelemetry/api'
import type { CallAnswer } from './call.ts'
import { decodeCallContext, encodeCallError } from './call-wire.ts'
import { runInContext } from './context.ts'
import { AppError, isAppError } from './error.ts'
import { asAppError } from './http/failure.ts'
import type { Endpoint, Outcome } from './http/service-protocol.ts'
import { maxWireBodyBytes } from './http/wire.ts'
import type { Logger } from './log.ts'
import { histogram } from './metrics.ts'
import { withSpan } from './telemetry.ts'

const seconds = histogram({
  name: 'accord_answer_seconds',
  help: 'Time to answer internal calls, by outcome: ok, or the error code.',
  labels: ['call', 'outcome'],
})

/** The endpoint of the NATS service that answers a call. */
export function callEndpoint({ contract, run }: CallAnswer, log: Logger): Endpoint {
  const { subject } = contract

  async function handle(message: Msg, arrived: number): Promise<Outcome> {
    const context = decodeCallContext(message.headers, contract.timeoutMs)
    const deadline = arrived + context.timeoutMs
    if (performance.now() > deadline) throw new AppError('timed_out')
    const { requestId, traceparent } = context
    return runInContext({ requestId, traceparent, operation: subject, deadline }, () =>
      withSpan(subject, { kind: SpanKind.SERVER, traceparent }, () => run(readJson(message)))
        .then(encode)
        // Within the context, so that the line in the log names the request.
        .catch((error: unknown) => fail(error, subject, log)),
    )
  }

  return {
    // Apart from the public operations, whose names are operation ids.
    name: `rpc-${contract.verb.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`,
    subject,
    metadata: {
      kind: 'rpc',
      description: contract.description,
      schema: JSON.stringify({ request: contract.request, response: contract.response }),
    },
    async handle(message, arrived) {
      const outcome = await handle(message, arrived).catch((error: unknown) => fail(error, subject, log))
      seconds.observe({ call: subject, outcome: outcome.error ?? 'ok' }, (performance.now() - arrived) / 1000)
      return outcome
    },
    refuse: () => fail(new AppError('unavailable', { retryAfterSeconds: 1 }), subject, log),
  }
}

/** Throws for an answer that no message can carry: sent in vain, its caller would wait for it to the end. */
function encode(output: unknown): Outcome {
  const data = encoder.encode(JSON.stringify(output))
  if (data.length > maxWireBodyBytes)
    throw new Error(`An answer of ${data.length} bytes is too large for a message`)
  return { data }
}

function fail(error: unknown, subject: string, log: Logger): Outcome {
  if (!isAppError(error)) log.error('the call failed', { call: subject, error })
  // A dependency that is away makes us unavailable, no bug: the caller's consumer waits instead of giving up.
  const { headers, data, code } = encodeCallError(asAppError(error, undefined))
  return { headers, data, error: code }
}

function readJson(message: Msg): unknown {
  try {
    return message.json()
  } catch {
    throw new AppError('malformed_request')
  }
}

const encoder = new TextEncoder()
