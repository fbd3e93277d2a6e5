import type { ClientFrame, LiveReply } from '@accord/contracts/live'
import { isAppError } from '@accord/kit/error'
import { answerFrame } from './answer-frame.ts'
import { done, failed, parseFrame } from './frame.ts'
import type { Live } from './live.ts'
import { closeSocket, type LiveSocket, sendFrame } from './live-socket.ts'
import { frames } from './metrics.ts'

const minuteMs = 60_000
/** Frames of all kinds in a minute; twice as many close the socket. */
const framesPerMinute = 240
const unreadablePerMinute = 5
const mostQueued = 32

/** Takes what a client sends: counts, parses, and answers in the order of arrival. Never throws. */
export function createFrameHandler(live: Live) {
  return (socket: LiveSocket, data: string | Uint8Array): void => {
    const now = live.now()
    socket.heardAt = now
    if (socket.closingAt !== null) return
    const used = count(socket, now)
    if (used > 2 * framesPerMinute) {
      closeSocket(socket, 'tooManyMessages', now)
      return
    }
    const parsed = parseFrame(data)
    if (parsed.kind === 'unreadable') {
      refuseUnreadable(live, socket)
    } else if (parsed.kind === 'invalid') {
      sendFrame(socket, failed(parsed.id, 'validation_failed', { fields: [parsed.field] }), now)
    } else {
      take(live, socket, parsed.frame, used)
    }
  }
}

function take(live: Live, socket: LiveSocket, frame: ClientFrame, used: number): void {
  if (used > framesPerMinute || socket.queued >= mostQueued) {
    reply(live, socket, frame, failed(frame.id, 'too_many_requests'))
  } else if (frame.type === 'ping') {
    reply(live, socket, frame, done(frame.id))
  } else if (frame.type === 'typing' && socket.auth) {
    // Nobody waits for it, and it waits for nobody.
    run(live, socket, frame)
  } else {
    enqueue(live, socket, frame)
  }
}

function enqueue(live: Live, socket: LiveSocket, frame: ClientFrame): void {
  socket.queued += 1
  socket.queue = socket.queue
    .then(() => answer(live, socket, frame))
    .finally(() => {
      socket.queued -= 1
    })
}

function run(live: Live, socket: LiveSocket, frame: ClientFrame): void {
  answer(live, socket, frame).catch((error: unknown) => live.gateway.log.error('a frame was lost', { error }))
}

async function answer(live: Live, socket: LiveSocket, frame: ClientFrame): Promise<void> {
  if (socket.closingAt !== null) return
  try {
    reply(live, socket, frame, await answerFrame(live, socket, frame))
  } catch (error) {
    if (!isAppError(error)) live.gateway.log.error('a frame failed', { type: frame.type, error })
    reply(live, socket, frame, refusalOf(frame.id, error))
  }
}

function refusalOf(id: ClientFrame['id'], error: unknown): LiveReply {
  if (!isAppError(error)) return failed(id, 'internal')
  const { code, detail, fields, retryAfterSeconds } = error
  return failed(id, code, {
    ...(detail === undefined ? {} : { detail }),
    ...(fields === undefined ? {} : { fields }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}

function reply(live: Live, socket: LiveSocket, frame: ClientFrame, answered: LiveReply): void {
  frames.inc({ type: frame.type, outcome: answered.ok ? 'ok' : answered.code })
  sendFrame(socket, answered, live.now())
}

function refuseUnreadable(live: Live, socket: LiveSocket): void {
  frames.inc({ type: 'unreadable', outcome: 'malformed_request' })
  socket.frames.unreadable += 1
  sendFrame(socket, failed(null, 'malformed_request'), live.now())
  if (socket.frames.unreadable >= unreadablePerMinute) closeSocket(socket, 'protocolError', live.now())
}

function count({ frames: counted }: LiveSocket, now: number): number {
  if (now - counted.since >= minuteMs) Object.assign(counted, { since: now, count: 0, unreadable: 0 })
  counted.count += 1
  return counted.count
}
