import { useSyncExternalStore } from 'react'
import { api } from '../api/client.ts'
import { currentSession, onSessionChange, refreshSession } from '../app/session.ts'

/** What is pushed over the socket; see `/asyncapi.json`. */
export interface LiveEvent {
  type: string
  [field: string]: unknown
}

export interface LiveReply {
  ok: boolean
  code?: string
  [result: string]: unknown
}

export type LiveState = 'connecting' | 'open' | 'closed'

const pingMs = 25_000
const replyMs = 10_000
const firstRetryMs = 500
const lastRetryMs = 30_000
/** A socket that is open and signed in by its cookie says so at once. */
const readyMs = 3_000
/** As a close of the kind after which one comes back. */
const closedByUs = 4000
/** The cookie had run out, or ran out meanwhile: a request renews it. */
const withoutSession = new Set([4100, 4101])
const sessionRevoked = 4102

let socket: WebSocket | undefined
let state: LiveState = 'closed'
let wanted = false
let failures = 0
let retry: ReturnType<typeof setTimeout> | undefined
let ping: ReturnType<typeof setInterval> | undefined
let nextId = 1
const waiting = new Map<number, (reply: LiveReply) => void>()
const listeners = new Set<(event: LiveEvent) => void>()
const watchers = new Set<() => void>()

/** Opens the socket and keeps it open, through lost networks and renewed sessions, until it is stopped. */
export function startLive(): () => void {
  wanted = true
  // Not for a start that is taken back at once, as in development.
  queueMicrotask(connect)
  const soon = () => {
    if (document.visibilityState === 'hidden' || state !== 'closed') return
    failures = 0
    connect()
  }
  // A socket over a network that is gone says nothing for minutes, and swallows what is sent.
  const gone = () => socket && drop(socket)
  addEventListener('online', soon)
  addEventListener('offline', gone)
  document.addEventListener('visibilitychange', soon)
  const stopSession = onSessionChange(() => currentSession() === 'signed-in' && soon())
  return () => {
    wanted = false
    stopSession()
    removeEventListener('online', soon)
    removeEventListener('offline', gone)
    document.removeEventListener('visibilitychange', soon)
    clearTimeout(retry)
    socket?.close(1000)
    closed()
  }
}

/**
 * Hears every event from now on. `ready` comes whenever a socket is open: what has no `seq` is fetched again
 * then, and conversations are resumed.
 */
export function onLive(listener: (event: LiveEvent) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Sends a frame; resolves with its answer, or with `{ok: false, code: 'offline'}` when none came. */
export function sendFrame(frame: { type: string; [field: string]: unknown }): Promise<LiveReply> {
  const { promise, resolve } = Promise.withResolvers<LiveReply>()
  if (state !== 'open' || !socket) return Promise.resolve({ ok: false, code: 'offline' })
  const id = nextId++
  const timer = setTimeout(() => settle({ ok: false, code: 'offline' }), replyMs)
  const settle = (reply: LiveReply) => {
    clearTimeout(timer)
    waiting.delete(id)
    resolve(reply)
  }
  waiting.set(id, settle)
  socket.send(JSON.stringify({ ...frame, id }))
  return promise
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => state,
  )
}

function connect(): void {
  if (!wanted || state !== 'closed') return
  clearTimeout(retry)
  become('connecting')
  const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/live`)
  socket = opened
  // One whose cookie has run out is taken, too, and would wait in vain for a token.
  opened.onopen = () => setTimeout(() => state === 'connecting' && socket === opened && drop(opened), readyMs)
  opened.onmessage = ({ data }) => {
    if (socket === opened) heard(JSON.parse(data as string))
  }
  opened.onclose = ({ code }) => {
    if (socket === opened) lost(code)
  }
}

function heard(frame: LiveEvent & { re?: number }): void {
  if (frame.re !== undefined) {
    waiting.get(frame.re)?.(frame as unknown as LiveReply)
    return
  }
  if (frame.type === 'ready') {
    failures = 0
    become('open')
    clearInterval(ping)
    ping = setInterval(() => void stillThere(), pingMs)
  }
  if (frame.type === 'session.expiring') void renew()
  for (const listener of listeners) listener(frame)
}

/** A ping that is not answered: the connection is dead, whatever the browser believes. */
async function stillThere(): Promise<void> {
  const asked = socket
  const { code } = await sendFrame({ type: 'ping' })
  if (asked && asked === socket && code === 'offline') drop(asked)
}

function drop(dead: WebSocket): void {
  dead.close()
  lost(closedByUs)
}

async function renew(): Promise<void> {
  if (await refreshSession()) await sendFrame({ type: 'refresh' })
}

/**
 * 4100 to 4199 mean that another try would end the same way, as with too many tabs; but where it was for want of
 * a session, it may have been renewed.
 */
function lost(code: number): void {
  const renewFirst = state === 'connecting' || withoutSession.has(code)
  closed()
  if (!wanted) return
  if (code === sessionRevoked) void whoAmI()
  if (code >= 4100 && code < 4200 && !withoutSession.has(code)) return
  const pause = Math.min(firstRetryMs * 2 ** failures++, lastRetryMs) * (0.7 + Math.random() * 0.6)
  retry = setTimeout(async () => {
    // A handshake that is refused tells no reason: our requests find out, and renew the session on the way.
    if (renewFirst) await whoAmI()
    // Without a session it waits for the next one.
    if (currentSession() === 'signed-in') connect()
  }, pause)
}

async function whoAmI(): Promise<void> {
  await api.GET('/api/v1/notifications', { params: { query: { limit: 1 } } }).catch(() => {})
}

function closed(): void {
  clearInterval(ping)
  socket = undefined
  for (const settle of waiting.values()) settle({ ok: false, code: 'offline' })
  become('closed')
}

function become(next: LiveState): void {
  if (state === next) return
  state = next
  for (const watcher of watchers) watcher()
}
