import type { ErrorCode } from '@accord/contracts/error-code'
import type { SocketNotice } from '@accord/contracts/live'
import { isRefused } from '@accord/kit/error'
import type { Authenticated, AuthRefusal, Revocation } from '../gateway.ts'
import { releaseLease, takeLease } from './lease.ts'
import type { Live } from './live.ts'
import { closeSocket, type LiveSocket, sendFrame } from './live-socket.ts'

/**
 * Lets a socket in for a member: it listens, holds one of the member's places on all gateways, and the member
 * is online. Answers why not; the socket is closed then, as it also is when it left or its session ended
 * meanwhile.
 */
export async function admit(live: Live, socket: LiveSocket, auth: Authenticated): Promise<ErrorCode | null> {
  const { memberId } = auth.actor
  socket.auth = auth
  try {
    await live.members.join(memberId, socket)
  } catch (error) {
    live.gateway.log.warn('a socket cannot listen', { error })
    closeSocket(socket, 'unavailable', live.now())
    return 'unavailable'
  }
  await renewLease(live, socket)
  if (socket.gone) await leave(live, socket)
  else live.presence.online(memberId)
  // A revocation that came while we were waiting was not for a socket it could know.
  const refusal = live.gateway.recheck(auth)
  if (refusal) closeFor(live, socket, refusal.refused)
  return refusal?.refused ?? null
}

/** As {@link admit}, for a browser whose cookie came with the upgrade. */
export async function admitFromCookie(
  live: Live,
  socket: LiveSocket,
  cookie: Authenticated | AuthRefusal,
): Promise<void> {
  if (typeof cookie === 'string') closeFor(live, socket, cookie)
  else if ((await admit(live, socket, cookie)) === null) announce(live, socket)
}

/** Tells a client that from now on it gets everything, so that what it missed before can be fetched. */
export function announce(live: Live, socket: LiveSocket): void {
  if (!socket.auth) return
  const notice: SocketNotice = {
    type: 'ready',
    memberId: socket.auth.actor.memberId,
    expiresAt: expiryOf(socket.auth),
  }
  sendFrame(socket, notice, live.now())
}

/** Takes or renews the socket's place; those that are one too many are told to go. */
export async function renewLease(live: Live, socket: LiveSocket): Promise<void> {
  const { gateway } = live
  const memberId = socket.auth?.actor.memberId
  if (memberId === undefined) return
  try {
    const holder = { gatewayId: gateway.id, socketId: socket.id, lease: socket.lease }
    const { lease, surplus } = await takeLease(gateway.redis, memberId, holder, live.now())
    socket.lease = lease
    for (const other of surplus) live.tellReplaced(other)
  } catch (error) {
    // Better one socket too many than none while Redis is away; the next ping counts again.
    gateway.log.warn('sockets cannot be counted', { error })
  }
}

/** Undoes {@link admit}. Safe to repeat. */
export async function leave(live: Live, socket: LiveSocket): Promise<void> {
  const { auth, lease } = socket
  if (!auth) return
  const { memberId } = auth.actor
  const noneIsHere = live.members.leave(memberId, socket)
  socket.lease = null
  if (lease === null) return
  try {
    const left = await releaseLease(live.gateway.redis, memberId, lease, live.now())
    if (noneIsHere && left === 0) live.presence.offline(memberId)
  } catch (error) {
    // The lease and the presence run out by themselves.
    live.gateway.log.warn('a socket’s place was not given back', { error })
  }
}

/** Closes every socket that a revocation ends, after telling it. */
export function closeRevoked(live: Live, { kind, id }: Revocation): void {
  for (const socket of live.sockets.values()) {
    const { auth } = socket
    if (!auth || id !== (kind === 'session' ? auth.actor.sessionId : auth.actor.memberId)) continue
    // A member's revocation spares tokens that are younger than it.
    if (isRefused(live.gateway.recheck(auth))) closeFor(live, socket, 'session_revoked')
  }
}

/** Closes with the code that fits why a token is not believed. */
export function closeFor(live: Live, socket: LiveSocket, refusal: AuthRefusal): void {
  const now = live.now()
  if (refusal === 'session_revoked') {
    sendFrame(socket, { type: 'session.revoked' }, now)
    closeSocket(socket, 'sessionRevoked', now)
  } else if (refusal === 'unavailable') {
    closeSocket(socket, 'unavailable', now)
  } else {
    closeSocket(socket, 'unauthenticated', now, refusal)
  }
}

export const expiryOf = (auth: Authenticated) => new Date(auth.expiresAt * 1000).toISOString()
