import type { Gateway, LiveDoor } from '../gateway.ts'
import { startControl } from './control.ts'
import { drainSockets } from './drain.ts'
import { createFrameHandler } from './handle-frame.ts'
import { closeSocket, type LiveSocket, push, type SendLimits, type SocketData } from './live-socket.ts'
import { createMembers, type Members } from './members.ts'
import { createMessageLimit, type MessageLimit } from './message-limit.ts'
import { openSockets } from './metrics.ts'
import { createPresence, type Presence } from './presence.ts'
import { admitFromCookie, announce, closeRevoked, leave } from './session.ts'
import { isSheddable } from './shed.ts'
import { createSweep } from './sweep.ts'
import { createUpgrade } from './upgrade.ts'

export interface LiveOptions {
  sendLimits: SendLimits
  /** Sockets that one process holds, at most: each is an open file. */
  maxSockets: number
  /** Runs the check of deadlines now and then; answers how to stop. Tests call it themselves. */
  every: (check: () => void) => () => void
}

/** What the parts of live share. */
export interface Live {
  gateway: Gateway
  options: LiveOptions
  sockets: Map<string, LiveSocket>
  members: Members
  presence: Presence
  messageLimit: MessageLimit
  tellReplaced(holder: { gatewayId: string; socketId: string }): void
  now(): number
}

const usual: LiveOptions = {
  sendLimits: { shedAboveBytes: 64 * 1024, closeAboveBytes: 768 * 1024 },
  maxSockets: 15_000,
  every: (check) => {
    const timer = setInterval(check, 1000)
    return () => clearInterval(timer)
  },
}

/** The door for sockets: `GET /api/v1/live`. */
export function createLive(gateway: Gateway, given: Partial<LiveOptions> = {}): LiveDoor<SocketData> {
  const { nats, log, redis, clock } = gateway
  const options = { ...usual, ...given }
  const sockets = new Map<string, LiveSocket>()
  const now = () => clock().getTime()
  const control = startControl({
    nats,
    gatewayId: gateway.id,
    log,
    onReplaced: (socketId) => {
      const socket = sockets.get(socketId)
      if (socket) closeSocket(socket, 'replaced', now())
    },
  })
  const members = createMembers({
    nats,
    log,
    deliver: (each, text) => {
      const how = { sheddable: isSheddable(text), now: now() }
      for (const socket of each) push(socket, text, how)
    },
  })
  const live: Live = {
    gateway,
    options,
    sockets,
    members,
    presence: createPresence({ nats, log }),
    messageLimit: createMessageLimit(redis, gateway.config.RATE_LIMIT_SCALE),
    tellReplaced: control.tellReplaced,
    now,
  }
  const handleFrame = createFrameHandler(live)
  const upgrade = createUpgrade(live)
  const stopChecking = options.every(createSweep(live))
  const stopHearing = gateway.onRevoked((revocation) => closeRevoked(live, revocation))
  announceAfterReconnect(live).catch((error: unknown) => log.error('live does not watch NATS', { error }))
  const leaving = new Set<Promise<void>>()

  return {
    path: '/api/v1/live',
    upgrade: upgrade.open,
    websocket: {
      perMessageDeflate: false,
      // A little above our own limit, which answers with a code of the protocol.
      maxPayloadLength: 64 * 1024,
      // The last resort; `push` closes before it is reached.
      backpressureLimit: 1024 * 1024,
      closeOnBackpressureLimit: true,
      // We ping by ourselves, because a lease is renewed with it.
      sendPings: false,
      idleTimeout: 120,
      open(ws) {
        const { live: socket } = ws.data
        socket.ws = ws
        sockets.set(socket.id, socket)
        openSockets.set(sockets.size)
        // What the client sends meanwhile waits until the cookie has let it in.
        const { fromCookie } = socket
        if (fromCookie !== null) {
          socket.queue = admitFromCookie(live, socket, fromCookie).catch((error: unknown) => {
            log.error('a socket was not let in', { error })
            closeSocket(socket, 'unavailable', now())
          })
        }
      },
      message: (ws, data) => handleFrame(ws.data.live, data),
      ping(ws) {
        ws.data.live.heardAt = now()
      },
      pong(ws) {
        ws.data.live.heardAt = now()
      },
      close(ws) {
        const { live: socket } = ws.data
        socket.gone = true
        socket.closingAt ??= now()
        sockets.delete(socket.id)
        openSockets.set(sockets.size)
        upgrade.closed(socket)
        const left = leave(live, socket).finally(() => leaving.delete(left))
        leaving.add(left)
      },
    },
    async drain() {
      upgrade.refuseAll()
      await drainSockets(live)
      stopChecking()
      stopHearing()
      await Promise.all(leaving)
      control.stop()
    },
  }
}

/** While NATS was away events were lost, and no client could know: each is told to resume. */
async function announceAfterReconnect(live: Live): Promise<void> {
  for await (const status of live.gateway.nats.status()) {
    if (status.type !== 'reconnect') continue
    // The subscriptions have been sent again; the server has taken them once it answers.
    await live.gateway.nats.flush().catch(() => undefined)
    for (const socket of live.sockets.values()) announce(live, socket)
  }
}
