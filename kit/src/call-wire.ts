import { errorCodes, isErrorCode } from '@accord/contracts/error-code'
import { headers as emptyHeaders, type MsgHdrs } from '@nats-io/nats-core'
import { AppError, isAppError } from './error.ts'

/** What travels beside the JSON of an internal call: one object in the header `Accord-Call`. */
export interface CallContext {
  requestId: string
  traceparent?: string | undefined
  /** Milliseconds after which the caller stops waiting. */
  timeoutMs: number
}

const contextHeader = 'Accord-Call'
/** Named by the NATS service protocol: the first carries our code, the second its HTTP status. */
const errorHeader = 'Nats-Service-Error'
const errorCodeHeader = 'Nats-Service-Error-Code'

export function encodeCallContext(context: CallContext): MsgHdrs {
  const made = emptyHeaders()
  made.set(contextHeader, JSON.stringify(context))
  return made
}

/** The context of a call; one from the NATS CLI has none, and gets a request id of its own. */
export function decodeCallContext(headers: MsgHdrs | undefined, timeoutMs: number): CallContext {
  const text = headers?.get(contextHeader)
  return text ? (JSON.parse(text) as CallContext) : { requestId: crypto.randomUUID(), timeoutMs }
}

export function encodeCallError(error: unknown): { headers: MsgHdrs; data: Uint8Array; code: string } {
  const known = isAppError(error) ? error : new AppError('internal')
  const headers = emptyHeaders()
  headers.set(errorHeader, known.code)
  headers.set(errorCodeHeader, String(errorCodes[known.code].status))
  const { detail, fields, retryAfterSeconds } = known
  return {
    headers,
    data: encoder.encode(JSON.stringify({ detail, fields, retryAfterSeconds })),
    code: known.code,
  }
}

/** The error that an answer carries, rebuilt with its code; null for a success. */
export function decodeCallError(message: {
  headers?: MsgHdrs | undefined
  data: Uint8Array
}): AppError | null {
  const code = message.headers?.get(errorHeader)
  if (!code) return null
  if (!isErrorCode(code)) return new AppError('internal', { cause: new Error(`remote error: ${code}`) })
  const more = message.data.length === 0 ? {} : JSON.parse(decoder.decode(message.data))
  return new AppError(code, more)
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
