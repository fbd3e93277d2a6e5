import { closeCodes, type ServerFrame } from '@accord/contracts/live'
import type { ServerWebSocket } from 'bun'
import type { Authenticated, AuthRefusal, Origin } from '../gateway.ts'
import { closes, pushes, shed } from './metrics.ts'

/** What Bun carries with each connection. */
export interface SocketData {
  live: LiveSocket
}

/** Bytes that may wait for a slow client. */
export interface SendLimits {
  /** Above this, typing and presence are left out. */
  shedAboveBytes: number
  /** Above this, the client is told to come back, and to resume. */
  closeAboveBytes: number
}

/** One connection: who it belongs to, when it was last heard, and how it is written to. Times in ms. */
export interface LiveSocket {
  readonly id: string
  readonly origin: Origin
  readonly limits: SendLimits
  ws: ServerWebSocket<SocketData> | null
  /** What the cookie said at the upgrade; null for a client that will send its token. */
  readonly fromCookie: Authenticated | AuthRefusal | null
  auth: Authenticated | null
  /** Its place among the member's sockets in Redis; null when Redis could not be asked. */
  lease: string | null
  readonly openedAt: number
  heardAt: number
  pingedAt: number
  /** Set once it is being closed; the client may take its time to agree. */
  closingAt: number | null
  /** The connection is no more. */
  gone: boolean
  warnedOfExpiry: boolean
  /** Frames in the present minute, and the unreadable ones among them. */
  readonly frames: { since: number; count: number; unreadable: number }
  /** Frames wait here for those before them: messages keep their order. */
  queue: Promise<void>
  queued: number
}

/** A connection that is about to be made. */
export function newSocket(
  o: Pick<LiveSocket, 'id' | 'origin' | 'limits' | 'fromCookie'> & { now: number },
): LiveSocket {
  return {
    id: o.id,
    origin: o.origin,
    limits: o.limits,
    fromCookie: o.fromCookie,
    ws: null,
    auth: null,
    lease: null,
    openedAt: o.now,
    heardAt: o.now,
    pingedAt: o.now,
    closingAt: null,
    gone: false,
    warnedOfExpiry: false,
    frames: { since: o.now, count: 0, unreadable: 0 },
    queue: Promise.resolve(),
    queued: 0,
  }
}

/** Sends what is for this socket alone. */
export function sendFrame(socket: LiveSocket, frame: ServerFrame, now: number): void {
  push(socket, JSON.stringify(frame), { sheddable: false, now })
}

/**
 * Sends text that was encoded once for all sockets of a member. A slow socket first loses what nobody will
 * miss; one that is slower still is closed, since the sequence lets it fetch what it did not get.
 */
export function push(socket: LiveSocket, text: string, o: { sheddable: boolean; now: number }): void {
  const { ws, limits } = socket
  if (!ws || socket.closingAt !== null) return
  const waiting = ws.getBufferedAmount()
  if (o.sheddable && waiting > limits.shedAboveBytes) {
    shed.inc()
    return
  }
  // 0 means that Bun dropped it; -1 that it waits in the buffer, which the next push looks at.
  if (waiting > limits.closeAboveBytes || ws.sendText(text) === 0) closeSocket(socket, 'tooSlow', o.now)
  else pushes.inc()
}

/** Closes with one of the protocol's codes. The reason is there for whoever reads a log. */
export function closeSocket(
  socket: LiveSocket,
  reason: keyof typeof closeCodes,
  now: number,
  text: string = reason,
): void {
  if (socket.closingAt !== null) return
  socket.closingAt = now
  closes.inc({ reason })
  socket.ws?.close(closeCodes[reason], text)
}
