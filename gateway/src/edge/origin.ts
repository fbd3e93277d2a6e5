import { isTracing } from '@accord/kit/telemetry'
import type { Origin } from '../gateway.ts'
import type { AddressOf } from './address.ts'

const maxUserAgentLength = 256

/** Names a request: id and trace come from the caller when they look like what they claim to be. */
export function originOf(request: Request, peer: string, addressOf: AddressOf): Origin {
  const { headers } = request
  const asked = headers.get('x-request-id')
  const made = crypto.randomUUID()
  const userAgent = headers.get('user-agent')
  const traceparent = headers.get('traceparent')
  return {
    requestId: asked !== null && requestIdPattern.test(asked) ? asked : made,
    address: addressOf(peer, headers),
    ...(userAgent === null ? {} : { userAgent: userAgent.slice(0, maxUserAgentLength) }),
    ...traceOf(traceparent, made),
  }
}

/** A request that brings no trace starts one: the span that is recorded here, or else one named after its id. */
function traceOf(given: string | null, made: string): { traceparent?: string } {
  if (given !== null && traceparentPattern.test(given)) return { traceparent: given }
  return isTracing() ? {} : { traceparent: traceparentFrom(made) }
}

const requestIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/
/** W3C trace context, version 00: https://www.w3.org/TR/trace-context/ */
const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** A trace that can be found by a request's id. */
export function traceparentFrom(uuid: string): string {
  const hex = uuid.replaceAll('-', '')
  return `00-${hex}-${hex.slice(16)}-01`
}
