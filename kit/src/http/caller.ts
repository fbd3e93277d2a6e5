import { type Actor, sessionModeHeader } from '@accord/contracts/actor'
import { AppError } from '../error.ts'

/** Who calls an operation, and from where, as the gateway tells it. */
export interface Caller {
  requestId: string
  /** Client address as the gateway saw it; empty when the caller is not a client. */
  address: string
  userAgent: string
  /** The verified actor. Throws AppError `unauthenticated` when there is none. */
  readonly actor: Actor
  actorOrNull: Actor | null
  /** The header `Idempotency-Key`; only operations that declare it in `headers` get it. */
  idempotencyKey: string | null
  /** How the session travels: of the actor where there is one, else what `Accord-Session` asks for. */
  sessionMode: 'cookie' | 'token'
}

/** What came along with a request: beside its URL, and trusted, since only the responder hands it over. */
export interface Inbound {
  /** The operation whose subject it came on: the app refuses to answer as another. */
  operation: string
  requestId: string
  address: string
  userAgent: string
  /** The gateway's signed assertion of the actor. */
  actor: string | null
  headers: Record<string, string>
  contentType: string | null
  body: Uint8Array
}

/** Carried by the Request itself: a WeakMap would do the same and costs four times as much. */
const inboundKey = Symbol('inbound')
const callerKey = Symbol('caller')
type Carrying = Request & { [inboundKey]?: Inbound; [callerKey]?: Caller }

/** Hands what came over the wire to the app that will handle `request`. */
export function attachInbound(request: Request, inbound: Inbound): void {
  const carrying: Carrying = request
  carrying[inboundKey] = inbound
}

/** What came along with this request, or null for one that did not come through the responder. */
export function inboundOf(request: Carrying): Inbound | null {
  return request[inboundKey] ?? null
}

/** Called once a request's access is settled; the handler's `caller` is read from here. */
export function setCaller(request: Carrying, caller: Caller): void {
  request[callerKey] = caller
}

/** The caller of a request whose access is settled. Throws for one that went around the access check. */
export function callerOf(request: Carrying): Caller {
  const caller = request[callerKey]
  if (caller === undefined) throw new Error('This route is not part of createServiceApp')
  return caller
}

/** The caller that a request and its verified actor make. */
export function makeCaller(request: Request, inbound: Inbound | null, actor: Actor | null): Caller {
  const header = (name: string) => (inbound ? inbound.headers[name] : request.headers.get(name)) ?? null
  return {
    requestId: inbound?.requestId ?? crypto.randomUUID(),
    address: inbound?.address ?? '',
    userAgent: inbound?.userAgent ?? '',
    get actor() {
      if (actor === null) throw new AppError('unauthenticated')
      return actor
    },
    actorOrNull: actor,
    idempotencyKey: header('idempotency-key'),
    sessionMode: actor?.mode ?? (header(sessionModeHeader) === 'cookie' ? 'cookie' : 'token'),
  }
}
