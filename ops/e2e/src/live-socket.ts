import type { Json } from './api.ts'

export interface LiveSocket {
  /** Sends a frame and waits for its answer. */
  ask(frame: Record<string, unknown>): Promise<Json>
  /** The next push that satisfies, also one that came before it was asked for. */
  pushed(satisfies: (event: Json) => boolean): Promise<Json>
  /** Resolves with the close code. */
  closed: Promise<number>
  close(): void
}

/** Opens a live socket and authenticates with its first frame, as an API consumer does. */
export async function openLive(gateway: string, token: string): Promise<LiveSocket> {
  const socket = new WebSocket(`${gateway.replace(/^http/, 'ws')}/api/v1/live`)
  const answers = new Map<string, (answer: Json) => void>()
  const pushes: Json[] = []
  const waiting: { satisfies: (event: Json) => boolean; resolve: (event: Json) => void }[] = []
  let count = 0

  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data))
    if (frame.re !== undefined) return answers.get(frame.re)?.(frame)
    const waiter = waiting.findIndex(({ satisfies }) => satisfies(frame))
    if (waiter < 0) pushes.push(frame)
    else waiting.splice(waiter, 1)[0]?.resolve(frame)
  }
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code)
  })
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })

  const live: LiveSocket = {
    ask(frame) {
      count += 1
      const id = `f${count}`
      const answered = new Promise<Json>((resolve) => answers.set(id, resolve))
      socket.send(JSON.stringify({ id, ...frame }))
      return within(answered, `answer to ${String(frame.type)}`)
    },
    pushed(satisfies) {
      const early = pushes.findIndex(satisfies)
      if (early >= 0) return Promise.resolve(pushes.splice(early, 1)[0])
      return within(new Promise<Json>((resolve) => waiting.push({ satisfies, resolve })), 'push')
    },
    closed,
    close: () => socket.close(),
  }
  const greeting = await live.ask({ type: 'auth', token })
  if (greeting.ok !== true) throw new Error(`The socket was not let in: ${JSON.stringify(greeting)}`)
  return live
}

function within<T>(promise: Promise<T>, what: string): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`No ${what} within 20 s`)), 20_000)
    promise.finally(() => clearTimeout(timer)).catch(() => {})
  })
  return Promise.race([promise, late])
}
