import type { Socket } from 'bun'

export interface Load {
  requestsPerSecond: number
  /** Milliseconds. */
  p50: number
  p95: number
  p99: number
  failed: number
}

interface Line {
  sentAt: number
  /** Bytes of the answer under way that are still to come; null before its head was seen. */
  missing: number | null
}

const connections = 64
const headEnd = Buffer.from('\r\n\r\n')

/**
 * Asks one URL over 64 kept connections, each again as soon as it is answered, for some seconds. Straight on the
 * socket: an HTTP client would take more of two cores than what is measured. Answers must carry Content-Length.
 */
export async function load(url: string, seconds: number): Promise<Load> {
  const { hostname, port, host, pathname, search } = new URL(url)
  const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\n\r\n`
  const latencies: number[] = []
  let failed = 0
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000

  const ask = (socket: Socket<Line>) => {
    if (performance.now() >= endsAt) return void socket.end()
    socket.data = { sentAt: performance.now(), missing: null }
    socket.write(request)
  }
  const answered = (socket: Socket<Line>) => {
    latencies.push(performance.now() - socket.data.sentAt)
    ask(socket)
  }
  const lines = Array.from({ length: connections }, () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const opened = Bun.connect<Line>({
      hostname,
      port: Number(port),
      data: { sentAt: 0, missing: null },
      socket: {
        open: ask,
        data(socket, chunk) {
          const before = socket.data.missing
          if (before === null) {
            const head = headOf(chunk)
            socket.data.missing = head.missing
            if (!head.ok) failed += 1
          } else socket.data.missing = before - chunk.length
          if (socket.data.missing === 0) answered(socket)
        },
        error: () => {
          failed += 1
          resolve()
        },
        close: () => resolve(),
      },
    })
    return opened.then(() => promise)
  })
  await Promise.all(lines)
  const took = (performance.now() - startedAt) / 1000
  latencies.sort((a, b) => a - b)
  const at = (share: number) => round(latencies[Math.floor(latencies.length * share)] ?? 0)
  return {
    requestsPerSecond: Math.round(latencies.length / took),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    failed,
  }
}

/** The head of an answer comes in one piece here: it is a few hundred bytes on loopback. */
function headOf(chunk: Buffer): { ok: boolean; missing: number } {
  const end = chunk.indexOf(headEnd)
  const head = chunk.toString('latin1', 0, end).toLowerCase()
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
  if (end < 0 || length === undefined) throw new Error('The answer has no Content-Length.')
  return { ok: head.startsWith('http/1.1 200'), missing: Number(length) - (chunk.length - end - 4) }
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
