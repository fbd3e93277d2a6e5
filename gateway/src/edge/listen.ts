import { createServer } from 'node:net'
import type { Server } from 'bun'
import type { LiveDoor } from '../gateway.ts'

const idleSeconds = 30
/** Above every limit of an operation: those answer with a problem document, this one with none. */
const maxRequestBytes = 72 * 1024 * 1024

type Handle = (request: Request, server: Server<unknown>) => Promise<Response | undefined>

/** Listens. The port must have been found free: see `refuseTakenPort`. */
export function listen(o: {
  host: string
  port: number
  door: Handle
  live: LiveDoor | null
}): Server<unknown> {
  const common = {
    hostname: o.host,
    port: o.port,
    reusePort: false,
    idleTimeout: idleSeconds,
    maxRequestBodySize: maxRequestBytes,
    development: false,
    // The handler answers every failure itself; this is for a fault in it.
    error: () => new Response(null, { status: 500 }),
  }
  if (o.live === null) return Bun.serve({ ...common, fetch: o.door as Plain })
  return Bun.serve<unknown>({ ...common, fetch: o.door, websocket: o.live.websocket })
}

type Plain = (request: Request, server: Server<undefined>) => Promise<Response>

/**
 * Throws an Error that names the address when it is taken: Bun can share a port in silence (`reusePort`), and
 * its own error does not say which setting to change.
 */
export function refuseTakenPort(host: string, port: number): Promise<void> {
  if (port === 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`PORT: ${host}:${port} is taken by another process`, { cause: error })
          : error,
      ),
    )
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()))
  })
}
