import { get, update } from 'idb-keyval'
import { useMemo, useSyncExternalStore } from 'react'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { currentSession, memberAtWork, onSessionChange } from '../app/session.ts'
import { onLive, sendFrame } from '../live/live.ts'
import type { Message } from './history.ts'
import {
  nextToSend,
  type OutboxEntry,
  pauseMs,
  type Setback,
  setbackOf,
  setbackOfReply,
  withEntry,
  withoutEntry,
} from './outbox-rules.ts'

/**
 * Everything that is written goes through here: onto the device first, then to the platform, in order, by one
 * tab at a time. Whatever happens in between, also a reload, it is sent again under the same clientMessageId,
 * which the platform stores once. `forgetEverything` empties it with the rest of the device's memory.
 */
const key = 'accord.outbox'
const tabs = new BroadcastChannel(key)
type Told = { type: 'changed' } | { type: 'delivered'; message: Message }

let entries: readonly OutboxEntry[] = []
/** Written here and on its way onto the device: a reading of the device does not know them yet. */
const unsaved = new Map<string, OutboxEntry>()
const watchers = new Set<() => void>()
let delivered: (message: Message) => void = () => {}
let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Takes a message to be sent; it is shown at once and goes onto the device before it goes anywhere else. */
export function write(conversationId: string, text: string): void {
  const memberId = memberAtWork()
  if (memberId === null) throw new Error('nobody is signed in')
  const entry: OutboxEntry = {
    clientMessageId: crypto.randomUUID(),
    conversationId,
    memberId,
    text,
    writtenAt: new Date().toISOString(),
    tries: 0,
    refusal: null,
  }
  unsaved.set(entry.clientMessageId, entry)
  show(withEntry(entries, entry))
  void change((all) => withEntry(all, entry)).then(() => {
    unsaved.delete(entry.clientMessageId)
    return flush()
  })
}

/** Tries one that was refused once more. */
export async function sendAgain(clientMessageId: string): Promise<void> {
  await change((all) =>
    all.map((entry) => (entry.clientMessageId === clientMessageId ? { ...entry, refusal: null } : entry)),
  )
  void flush()
}

/** Takes one back that was not sent. */
export async function discard(clientMessageId: string): Promise<void> {
  await change((all) => withoutEntry(all, clientMessageId))
}

/** Nothing of a conversation that is closed can be sent any more. */
export async function discardAll(conversationId: string): Promise<void> {
  if (!entries.some((entry) => entry.conversationId === conversationId)) return
  await change((all) => all.filter((entry) => entry.conversationId !== conversationId))
}

/** What waits in a conversation, the oldest first. */
export function useOutbox(conversationId: string): readonly OutboxEntry[] {
  const all = useSyncExternalStore(watch, () => entries)
  return useMemo(
    () => all.filter((entry) => entry.conversationId === conversationId && entry.memberId === memberAtWork()),
    [all, conversationId],
  )
}

/** Sends what waits, now and whenever there is a chance; `onDelivered` is told of each, in every tab. */
export function startOutbox(onDelivered: (message: Message) => void): () => void {
  delivered = onDelivered
  const soon = () => {
    failures = 0
    void flush()
  }
  const seen = () => document.visibilityState === 'visible' && soon()
  tabs.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.type === 'delivered') delivered(data.message)
    void reload()
  }
  addEventListener('online', soon)
  document.addEventListener('visibilitychange', seen)
  const stopLive = onLive((event) => event.type === 'ready' && soon())
  const stopSession = onSessionChange(sessionChanged)
  soon()
  return () => {
    clearTimeout(timer)
    tabs.onmessage = null
    removeEventListener('online', soon)
    document.removeEventListener('visibilitychange', seen)
    stopLive()
    stopSession()
  }
}

let flushing = false
let again = false

/** Sends in turn; asked for meanwhile, it goes round once more. The lock lets one tab at a time do it. */
async function flush(): Promise<void> {
  if (flushing) {
    again = true
    return
  }
  flushing = true
  try {
    do {
      again = false
      await navigator.locks.request(key, sendAll)
    } while (again)
  } finally {
    flushing = false
  }
}

async function sendAll(): Promise<void> {
  clearTimeout(timer)
  const held = new Set<string>()
  for (;;) {
    // Another tab may have sent, written or taken back since.
    await reload()
    const memberId = memberAtWork()
    if (currentSession() !== 'signed-in' || memberId === null) return
    const entry = nextToSend(entries, memberId, held)
    if (!entry) break
    const outcome = await send(entry)
    if (outcome.kind === 'sent') {
      failures = 0
      delivered(outcome.message)
      await change((all) => withoutEntry(all, entry.clientMessageId))
      tell({ type: 'delivered', message: outcome.message })
      continue
    }
    await change((all) =>
      all.map((each) => (each.clientMessageId === entry.clientMessageId ? after(each, outcome) : each)),
    )
    if (outcome.kind === 'pause') return tryLater(outcome.ms)
    held.add(entry.conversationId)
  }
  if (
    held.size > 0 &&
    entries.some(({ refusal, conversationId }) => refusal === null && held.has(conversationId))
  )
    tryLater(null)
}

function after(entry: OutboxEntry, setback: Setback): OutboxEntry {
  return setback.kind === 'refused'
    ? { ...entry, refusal: setback.code }
    : { ...entry, tries: entry.tries + 1 }
}

function tryLater(ms: number | null): void {
  failures++
  clearTimeout(timer)
  timer = setTimeout(() => void flush(), ms ?? pauseMs(failures))
}

/** Over the socket while it is open, else by a request; the platform takes both as the same message. */
async function send(entry: OutboxEntry): Promise<{ kind: 'sent'; message: Message } | Setback> {
  const { conversationId, clientMessageId, text } = entry
  const reply = await sendFrame({ type: 'send', conversationId, clientMessageId, text })
  if (reply.ok) return { kind: 'sent', message: reply.message as Message }
  const setback = setbackOfReply(reply)
  if (setback) return setback
  try {
    const path = { conversationId }
    const body = { clientMessageId, text }
    const sent = api.POST('/api/v1/conversations/{conversationId}/messages', { params: { path }, body })
    return { kind: 'sent', message: await unwrap(sent) }
  } catch (error) {
    return isProblem(error) ? setbackOf(error) : { kind: 'later' }
  }
}

/** On the device first, in one step over all tabs. A device that keeps nothing still sends what is written. */
async function change(next: (all: readonly OutboxEntry[]) => readonly OutboxEntry[]): Promise<void> {
  // What comes late, after somebody has left, is not kept.
  const kept = (all: readonly OutboxEntry[]) => (currentSession() === 'signed-in' ? next(all) : [])
  await update<readonly OutboxEntry[]>(key, (stored) => kept(stored ?? [])).then(reload, () =>
    show(next(entries)),
  )
  tell({ type: 'changed' })
}

async function reload(): Promise<void> {
  // While a session has run out the device is empty: what is in here is what is left.
  if (currentSession() !== 'signed-in') return
  const stored = await get<readonly OutboxEntry[]>(key).catch(() => entries)
  if (currentSession() !== 'signed-in') return
  show([...unsaved.values()].reduce<readonly OutboxEntry[]>(withEntry, stored ?? []))
}

/** A session that ran out took what was on the device; its member, back again, finds it as it was. */
function sessionChanged(): void {
  const session = currentSession()
  if (session === 'signed-out') {
    unsaved.clear()
    show([])
  }
  if (session !== 'signed-in') return
  const own = entries.filter(({ memberId }) => memberId === memberAtWork())
  show(own)
  void change((all) => own.reduce<readonly OutboxEntry[]>(withEntry, all)).then(flush)
}

function tell(told: Told): void {
  tabs.postMessage(told)
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

function show(next: readonly OutboxEntry[]): void {
  entries = next
  for (const watcher of watchers) watcher()
}
