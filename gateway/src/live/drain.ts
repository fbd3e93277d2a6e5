import type { Live } from './live.ts'
import { closeSocket } from './live-socket.ts'

/** Clients come back at once: a gateway that ends must not send all of them to the others in one moment. */
const spread = { perSocketMs: 10, mostMs: 10_000 }
const lastWaitMs = 3000
const lookEveryMs = 20

/** Tells every socket to go on elsewhere, spread by chance, and resolves when none is left. */
export async function drainSockets(live: Live): Promise<void> {
  const { sockets } = live
  const spreadMs = Math.min(spread.mostMs, sockets.size * spread.perSocketMs)
  for (const socket of sockets.values()) {
    setTimeout(() => closeSocket(socket, 'goingAway', live.now()), Math.random() * spreadMs)
  }
  const deadline = performance.now() + spreadMs + lastWaitMs
  while (sockets.size > 0 && performance.now() < deadline) await Bun.sleep(lookEveryMs)
  for (const socket of sockets.values()) socket.ws?.terminate()
}
