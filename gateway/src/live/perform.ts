import { isErrorCode } from '@accord/contracts/error-code'
import type { Problem } from '@accord/contracts/problem'
import { AppError } from '@accord/kit/error'
import { traceparentFrom } from '../edge/origin.ts'
import type { Authenticated, OperationCall } from '../gateway.ts'
import type { Live } from './live.ts'
import type { LiveSocket } from './live-socket.ts'

/**
 * Performs a public operation for a socket, by the same way and under the same rules as over HTTP. Answers its
 * JSON; throws the problem it was refused with as AppError.
 */
export async function perform(
  live: Live,
  socket: LiveSocket,
  auth: Authenticated,
  operationId: string,
  call: Pick<OperationCall, 'params' | 'query' | 'body'>,
): Promise<object> {
  // A request of its own in logs and traces, since a socket may live for days.
  const requestId = crypto.randomUUID()
  const answer = await live.gateway.forward(operationId, {
    ...socket.origin,
    requestId,
    traceparent: traceparentFrom(requestId),
    auth,
    ...call,
  })
  const json = answer.body.length === 0 ? {} : (JSON.parse(new TextDecoder().decode(answer.body)) as object)
  if (answer.status < 400) return json
  const { code, detail, fields, retryAfterSeconds } = json as Partial<Problem>
  throw new AppError(code !== undefined && isErrorCode(code) ? code : 'internal', {
    detail,
    fields,
    retryAfterSeconds,
  })
}
