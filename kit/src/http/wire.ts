import { headers as emptyHeaders, type MsgHdrs } from '@nats-io/nats-core'
import { AppError } from '../error.ts'

/**
 * A public request on its way to a service, on `http.<service>.<operationId>`. The NATS payload is the body,
 * byte for byte; all the rest is one JSON object in the header `Accord-Request`: reading and writing a header
 * costs about a microsecond each, one object less than six headers.
 */
export interface WireRequest {
  method: string
  /** Path and query as they came: `/api/v1/places?q=par`. */
  target: string
  requestId: string
  /** Client address as the gateway saw it. */
  address: string
  userAgent?: string | undefined
  /** The gateway's signed assertion of the actor. */
  actor?: string | undefined
  traceparent?: string | undefined
  contentType?: string | undefined
  /** Headers that the operation declares, names in lower case. */
  headers: Record<string, string>
  /** Cookies that the operation declares. */
  cookies?: Record<string, string> | undefined
  /** Milliseconds after which the gateway stops waiting; the service gives up by then too. */
  timeoutMs?: number | undefined
  body: Uint8Array
}

/**
 * A service's answer. A 200 of JSON without headers is the bare payload; anything else adds one JSON object
 * in the header `Accord-Response`.
 */
export interface WireResponse {
  status: number
  contentType?: string
  headers: Record<string, string>
  setCookies: string[]
  body: Uint8Array
  /** The body is in the object bucket `uploads` under this name, being too large for a message. */
  object?: string
}

/** Largest body that travels in a message; the server's payload limit is 1 MB, headers included. */
export const maxWireBodyBytes = 900_000

const requestHeader = 'Accord-Request'
const responseHeader = 'Accord-Response'
const json = 'application/json'
const nobody = new Uint8Array()

interface WireMessage {
  headers?: MsgHdrs | undefined
  data: Uint8Array
}

/** The message that carries this request. */
export function encodeRequest(request: WireRequest): { headers: MsgHdrs; data: Uint8Array } {
  // Named one by one, which is twice as fast as leaving one out; JSON leaves out what is undefined.
  const rest: Record<keyof Omit<WireRequest, 'body'>, unknown> = {
    method: request.method,
    target: request.target,
    requestId: request.requestId,
    address: request.address,
    userAgent: request.userAgent,
    actor: request.actor,
    traceparent: request.traceparent,
    contentType: request.contentType,
    headers: request.headers,
    cookies: request.cookies,
    timeoutMs: request.timeoutMs,
  }
  return { headers: oneHeader(requestHeader, rest), data: request.body }
}

/** The request that a message carries. Throws AppError `malformed_request` for one that carries none. */
export function decodeRequest(message: WireMessage): WireRequest {
  const text = message.headers?.get(requestHeader)
  if (!text) throw new AppError('malformed_request')
  return { ...(JSON.parse(text) as Omit<WireRequest, 'body'>), body: message.data }
}

/** The message that carries this answer. */
export function encodeResponse(response: WireResponse): { headers?: MsgHdrs; data: Uint8Array } {
  const { status, contentType, headers, setCookies, object, body } = response
  const named = Object.keys(headers).length > 0
  if (status === 200 && contentType === json && !named && setCookies.length === 0 && object === undefined) {
    return { data: body }
  }
  const rest = {
    status,
    // JSON goes without saying where there is a body.
    ...(contentType === undefined || (contentType === json && body.length > 0) ? {} : { contentType }),
    ...(named ? { headers } : {}),
    ...(setCookies.length > 0 ? { setCookies } : {}),
    ...(object === undefined ? {} : { object }),
  }
  const text = JSON.stringify(rest)
  const wireHeaders = commonHeaders.get(text) ?? oneHeader(responseHeader, rest)
  if (status >= 500) {
    wireHeaders.set('Nats-Service-Error', 'the operation failed')
    wireHeaders.set('Nats-Service-Error-Code', String(status))
  }
  return { headers: wireHeaders, data: body }
}

/** The answer that a message carries. Throws AppError `unavailable` for the server's "no responders". */
export function decodeResponse(message: WireMessage): WireResponse {
  if (message.headers?.code === 503) throw new AppError('unavailable')
  const text = message.headers?.get(responseHeader)
  if (!text) return { status: 200, contentType: json, headers: {}, setCookies: [], body: message.data }
  const rest = JSON.parse(text) as Partial<WireResponse> & { status: number }
  const contentType = 'contentType' in rest ? rest.contentType : message.data.length > 0 ? json : undefined
  return {
    status: rest.status,
    ...(contentType === undefined ? {} : { contentType }),
    headers: rest.headers ?? {},
    setCookies: rest.setCookies ?? [],
    ...(rest.object === undefined ? {} : { object: rest.object }),
    body: message.data ?? nobody,
  }
}

/** Headers of answers that need nothing but a status, made once. */
const commonHeaders = new Map(
  [{ status: 201 }, { status: 202 }].map((rest) => [JSON.stringify(rest), oneHeader(responseHeader, rest)]),
)

function oneHeader(name: string, value: object): MsgHdrs {
  const made = emptyHeaders()
  // `set` would look for one to replace first.
  made.append(name, JSON.stringify(value))
  return made
}
