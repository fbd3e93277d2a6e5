import type { MemberId } from '@accord/contracts/id'
import { liveLimits } from '@accord/contracts/live'
import type { Live } from './live.ts'
import { closeSocket, type LiveSocket, sendFrame } from './live-socket.ts'
import { renewPresenceMs } from './presence.ts'
import { closeFor, expiryOf, renewLease } from './session.ts'

const pingMs = liveLimits.pingSeconds * 1000
const authWithinMs = liveLimits.authWithinSeconds * 1000
const warnOfExpiryMs = 60_000
/** How long a client may take to agree to a close. */
const closeWithinMs = 5000

/** Looks at every deadline of every socket; called about once a second. */
export function createSweep(live: Live): () => void {
  const shownOnline = new Map<MemberId, number>()
  return () => {
    const now = live.now()
    for (const socket of live.sockets.values()) sweepSocket(live, socket, now)
    renewPresence(live, shownOnline, now)
  }
}

function sweepSocket(live: Live, socket: LiveSocket, now: number): void {
  const { auth } = socket
  if (socket.closingAt !== null) {
    if (now - socket.closingAt >= closeWithinMs) socket.ws?.terminate()
    return
  }
  if (!auth) {
    if (now - socket.openedAt >= authWithinMs) closeSocket(socket, 'authTimeout', now)
    return
  }
  const leftMs = auth.expiresAt * 1000 - now
  if (leftMs <= 0) {
    closeFor(live, socket, 'token_expired')
    return
  }
  if (leftMs <= warnOfExpiryMs && !socket.warnedOfExpiry) {
    socket.warnedOfExpiry = true
    sendFrame(socket, { type: 'session.expiring', expiresAt: expiryOf(auth) }, now)
  }
  if (now - socket.pingedAt >= pingMs) ping(live, socket, now)
}

function ping(live: Live, socket: LiveSocket, now: number): void {
  const isFirst = socket.pingedAt === socket.openedAt
  if (!isFirst && socket.heardAt < socket.pingedAt) {
    closeSocket(socket, 'idle', now)
    return
  }
  socket.pingedAt = now
  socket.ws?.ping()
  renewLease(live, socket).catch((error: unknown) => live.gateway.log.error('no lease', { error }))
}

/** Entries run out, so those who stay are written again; those who left are forgotten here. */
function renewPresence(live: Live, shownOnline: Map<MemberId, number>, now: number): void {
  const here = new Set(live.members.ids())
  for (const memberId of shownOnline.keys()) if (!here.has(memberId)) shownOnline.delete(memberId)
  for (const memberId of here) {
    const since = shownOnline.get(memberId)
    if (since !== undefined && now - since < renewPresenceMs) continue
    shownOnline.set(memberId, now)
    // The first time it was said when the socket was let in.
    if (since !== undefined) live.presence.online(memberId)
  }
}
