import type { Actor } from '@accord/contracts/actor'
import type { ErrorCode } from '@accord/contracts/error-code'
import type { Call } from '@accord/kit/call'
import type { Clock } from '@accord/kit/clock'
import type { Refused } from '@accord/kit/error'
import type { WireResponse } from '@accord/kit/http/wire'
import type { Logger } from '@accord/kit/log'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Server, WebSocketHandler } from 'bun'
import type { Redis } from 'ioredis'
import type { GatewayConfig } from './config.ts'

/** A verified access token: who acts, and how long this may be believed. Times in seconds since the epoch. */
export interface Authenticated {
  actor: Actor
  issuedAt: number
  expiresAt: number
}

export type AuthRefusal = Extract<
  ErrorCode,
  'malformed_request' | 'unauthenticated' | 'token_expired' | 'session_revoked' | 'unavailable'
>

/** A session that ended, or a whole member whose tokens from before `notBefore` (seconds) are refused. */
export interface Revocation {
  kind: 'session' | 'member'
  id: string
  notBefore: number
}

/** Where a request came from and what it is called in logs and problem documents. */
export interface Origin {
  requestId: string
  address: string
  userAgent?: string
  traceparent?: string
}

/** A public operation to perform for somebody, as if it had come over HTTP. */
export interface OperationCall extends Origin {
  auth: Authenticated
  /** Values of the path's placeholders, by name. */
  params?: Record<string, string>
  query?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  timeoutMs?: number
}

/** What the sockets, and every other feature of the gateway, are given. */
export interface Gateway {
  /** Unique to this process; names its `live-control` subject. */
  id: string
  config: GatewayConfig
  log: Logger
  clock: Clock
  nats: NatsConnection
  /** Key prefix is set on the client. */
  redis: Redis
  call: Call
  /** Origins a browser may act from with its cookies: the public address (and its loopback alias). */
  ownOrigins: ReadonlySet<string>
  /** Reads cookie or Authorization header, verifies, looks at revocations. */
  authenticate(request: Request): Promise<Authenticated | Refused<AuthRefusal>>
  /** The same for a token that came in a frame. */
  verifyToken(token: string): Promise<Authenticated | Refused<AuthRefusal>>
  /** Looks again at a token that was good before: expired or revoked since? */
  recheck(auth: Authenticated): Refused<AuthRefusal> | null
  /** Called for every revocation as it arrives. Returns how to stop listening. */
  onRevoked(listener: (revocation: Revocation) => void): () => void
  /** Performs an operation by its id: access rule, actor assertion, circuit breaker, deadline. Throws AppError. */
  forward(operationId: string, call: OperationCall): Promise<WireResponse>
}

/** What `live/` gives back: the upgrade of one path, the socket handlers, and its part of the drain. */
export interface LiveDoor<T = unknown> {
  path: string
  /** Answers undefined when the socket was upgraded. */
  upgrade(request: Request, server: Server<T>, origin: Origin): Promise<Response | undefined>
  websocket: WebSocketHandler<T>
  /** Tells every socket to reconnect elsewhere, and resolves when all are closed. */
  drain(): Promise<void>
}
