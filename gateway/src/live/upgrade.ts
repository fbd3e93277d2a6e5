import { liveLimits } from '@accord/contracts/live'
import { AppError, isRefused } from '@accord/kit/error'
import type { Server } from 'bun'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { credentialsOf } from '../auth/credentials.ts'
import { limitKeyOf } from '../edge/address.ts'
import type { Authenticated, AuthRefusal, Origin } from '../gateway.ts'
import type { Live } from './live.ts'
import { type LiveSocket, newSocket, type SocketData } from './live-socket.ts'

/** Sockets of one address that have not said who they are, at most. */
const mostWaiting = 30
const mostUpgradesPerMinute = 300

/** Decides about upgrades. Throws AppError for one that is not to be. */
export function createUpgrade(live: Live) {
  const waiting = new Map<string, Set<LiveSocket>>()
  // As every limit, larger for load tests, which come from one address.
  const scale = Math.max(1, live.gateway.config.RATE_LIMIT_SCALE)
  const upgradesPerMinute = mostUpgradesPerMinute * scale
  const upgrades = new RateLimiterMemory({ points: upgradesPerMinute, duration: 60 })
  let refusing = false

  const open = async (
    request: Request,
    server: Server<SocketData>,
    origin: Origin,
  ): Promise<Response | undefined> => {
    assertIsUpgrade(request)
    if (refusing || live.sockets.size >= live.options.maxSockets) {
      throw new AppError('unavailable', { retryAfterSeconds: 2 })
    }
    const address = limitKeyOf(origin.address)
    const attempts = await upgrades.penalty(address)
    if (
      attempts.consumedPoints > upgradesPerMinute ||
      countWaiting(waiting, address) >= mostWaiting * scale
    ) {
      throw new AppError('too_many_requests', { retryAfterSeconds: liveLimits.authWithinSeconds })
    }
    const socket = newSocket({
      id: crypto.randomUUID(),
      origin,
      limits: live.options.sendLimits,
      fromCookie: await readCookie(live, request),
      now: live.now(),
    })
    if (!server.upgrade(request, { data: { live: socket } })) {
      throw new AppError('malformed_request', { detail: 'This is no WebSocket handshake.' })
    }
    const unknown = waiting.get(address) ?? new Set()
    waiting.set(address, unknown.add(socket))
    return undefined
  }

  return {
    open,
    /** Forgets a connection that has ended. */
    closed(socket: LiveSocket): void {
      const address = limitKeyOf(socket.origin.address)
      const unknown = waiting.get(address)
      unknown?.delete(socket)
      if (unknown?.size === 0) waiting.delete(address)
    },
    /** From now on, other gateways are asked. */
    refuseAll(): void {
      refusing = true
    },
  }
}

function assertIsUpgrade(request: Request): void {
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
    throw new AppError('malformed_request', { detail: 'This address speaks WebSocket.' })
  }
  // Addresses end up in logs and histories: a token must not get the habit of standing in one.
  if (request.url.includes('?')) {
    throw new AppError('malformed_request', { detail: 'This address takes no query. Send an auth frame.' })
  }
}

/**
 * A browser sends its cookies with any page's handshake, and no script can add a header to it: only the Origin
 * tells whose page it was. A cookie that is not good any more still gets its socket, since a page can read why
 * a socket was closed, but not why a handshake failed.
 */
async function readCookie(live: Live, request: Request): Promise<Authenticated | AuthRefusal | null> {
  const credentials = credentialsOf(request.headers)
  if (credentials === null || isRefused(credentials) || credentials.mode === 'token') return null
  const origin = request.headers.get('origin')
  if (origin === null || !live.gateway.ownOrigins.has(origin)) throw new AppError('csrf_refused')
  const auth = await live.gateway.authenticate(request)
  return isRefused(auth) ? auth.refused : auth
}

/** How many of an address have not signed in; forgets those that have. */
function countWaiting(waiting: Map<string, Set<LiveSocket>>, address: string): number {
  const known = waiting.get(address)
  if (!known) return 0
  for (const socket of known) if (socket.auth || socket.gone) known.delete(socket)
  if (known.size === 0) waiting.delete(address)
  return known.size
}
