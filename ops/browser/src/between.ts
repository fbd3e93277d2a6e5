import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'

export interface Between {
  /** As a context's `proxy`: everything it asks for goes through here, also what a service worker asks for. */
  proxy: { server: string; bypass: string }
  close(): void
}

/**
 * The network between a browser and Accord, for what a page's routes do not see: the script of a service worker.
 * `change` may give another text for an answer; null leaves it as it is.
 */
export async function openBetween(
  change: (path: string, text: () => Promise<string>) => Promise<string | null>,
): Promise<Between> {
  const sockets = new Set<Socket>()
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '')
    const answer = await fetch(url, {
      method: request.method ?? 'GET',
      headers: request.headers as Record<string, string>,
      redirect: 'manual',
      body: await bodyOf(request),
    })
    const bytes = await answer.bytes()
    const changed = await change(url.pathname, async () => new TextDecoder().decode(bytes))
    const headers = new Headers(answer.headers)
    // Unpacked by now.
    for (const name of ['content-encoding', 'content-length', 'etag']) headers.delete(name)
    headers.delete('set-cookie')
    response.writeHead(answer.status, {
      ...Object.fromEntries(headers),
      'set-cookie': answer.headers.getSetCookie(),
    })
    response.end(changed ?? bytes)
  }
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  // The live socket passes unseen.
  server.on('connect', (request: IncomingMessage, near: Socket) => {
    const { hostname, port } = new URL(`http://${request.url}`)
    const far = connect(Number(port), hostname, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n')
      far.pipe(near).pipe(far)
    })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    proxy: { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Blob | null> {
  const parts: BlobPart[] = []
  for await (const part of request) parts.push(part)
  return parts.length === 0 ? null : new Blob(parts)
}
