/**
 * Request and reply over one wildcard inbox of our own, in place of `nc.request`: answers find their request by
 * a counter, deadlines are swept together a few times a second, and what one turn of the event loop asks is
 * published in one go. Measured, that carries about a third more requests a second than `nc.request`.
 */
import { inboxPrefix } from '@accord/contracts/permission'
import { AppError } from '@accord/kit/error'
import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/nats-core'

const sweepMs = 100
/** What may wait for answers at once; past it a client is told to come back. */
const maxInFlight = 4096

export interface Requester {
  /**
   * Sends one request. Throws AppError: `unavailable` when nobody listens, NATS is away or too much is under
   * way; `timed_out` at the deadline (at most `sweepMs` late).
   */
  request(subject: string, headers: MsgHdrs | undefined, body: Uint8Array, timeoutMs: number): Promise<Msg>
  inFlight(): number
  stop(): void
}

interface Waiting {
  resolve(message: Msg): void
  reject(error: AppError): void
  deadline: number
}

interface Outgoing {
  subject: string
  body: Uint8Array
  options: { reply: string; headers?: MsgHdrs }
}

export function createRequester(nats: NatsConnection): Requester {
  const inbox = createInbox(inboxPrefix('gateway'))
  const tokenAt = inbox.length + 1
  const waiting = new Map<string, Waiting>()
  const outgoing: Outgoing[] = []
  let counter = 0
  let connected = true
  let stopped = false

  const settle = (token: string) => {
    const entry = waiting.get(token)
    if (entry) waiting.delete(token)
    return entry
  }
  const fail = (token: string, error: AppError) => settle(token)?.reject(error)

  const subscription = nats.subscribe(`${inbox}.*`, {
    callback: (error, message) => {
      if (error) return
      const entry = settle(message.subject.slice(tokenAt))
      if (entry === undefined) return
      if (message.data.length === 0 && message.headers?.code === 503) entry.reject(nobodyListens())
      else entry.resolve(message)
    },
  })

  const sweep = setInterval(() => {
    const now = performance.now()
    for (const [token, entry] of waiting) if (entry.deadline <= now) fail(token, new AppError('timed_out'))
  }, sweepMs)

  // What was asked over a connection that broke cannot be answered on the next: say so now, not in ten seconds.
  const followStatus = async () => {
    for await (const status of nats.status()) {
      if (status.type === 'reconnect') connected = true
      if (status.type !== 'disconnect') continue
      connected = false
      for (const token of [...waiting.keys()]) fail(token, natsAway())
    }
  }
  void followStatus()

  const flush = () => {
    for (const { subject, body, options } of outgoing) {
      try {
        nats.publish(subject, body, options)
      } catch (cause) {
        fail(options.reply.slice(tokenAt), new AppError('unavailable', { cause, retryAfterSeconds: 2 }))
      }
    }
    outgoing.length = 0
  }

  return {
    request: (subject, headers, body, timeoutMs) => {
      if (!connected || stopped) return Promise.reject(natsAway())
      if (waiting.size >= maxInFlight) return Promise.reject(tooBusy())
      counter += 1
      const token = counter.toString(36)
      const reply = `${inbox}.${token}`
      if (outgoing.push({ subject, body, options: headers ? { reply, headers } : { reply } }) === 1)
        setImmediate(flush)
      return new Promise<Msg>((resolve, reject) => {
        waiting.set(token, { resolve, reject, deadline: performance.now() + timeoutMs })
      })
    },
    inFlight: () => waiting.size,
    stop: () => {
      stopped = true
      clearInterval(sweep)
      subscription.unsubscribe()
      for (const token of [...waiting.keys()]) fail(token, natsAway())
    },
  }
}

const nobodyListens = () =>
  new AppError('unavailable', { detail: 'The service is not running.', retryAfterSeconds: 2 })
const natsAway = () =>
  new AppError('unavailable', { detail: 'The connection was lost.', retryAfterSeconds: 2 })
const tooBusy = () =>
  new AppError('unavailable', { detail: 'Too many requests are under way.', retryAfterSeconds: 1 })
