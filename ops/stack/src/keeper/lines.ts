import type { Socket } from 'node:net'

/** Calls `take` with each whole line that arrives. */
export function readLines(socket: Socket, take: (line: string) => void): void {
  let rest = ''
  socket.on('data', (chunk) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) take(line)
  })
}
