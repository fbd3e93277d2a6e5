import { useSyncExternalStore } from 'react'
import { sendFrame } from '../live/live.ts'

const shownMs = 5_000
const saidEveryMs = 3_000

const typing = new Map<string, ReturnType<typeof setTimeout>>()
const watchers = new Set<() => void>()
const saidAt = new Map<string, number>()

/** Whether the other member of a conversation is writing, as far as was heard in the last seconds. */
export function useTyping(conversationId: string): boolean {
  return useSyncExternalStore(watch, () => typing.has(conversationId))
}

export function heardTyping(conversationId: string): void {
  clearTimeout(typing.get(conversationId))
  typing.set(
    conversationId,
    setTimeout(() => heardNoTyping(conversationId), shownMs),
  )
  tell()
}

/** What was being written has come. */
export function heardNoTyping(conversationId: string): void {
  clearTimeout(typing.get(conversationId))
  if (typing.delete(conversationId)) tell()
}

/** Tells the other member; at each key, since it goes out every few seconds only. */
export function sayTyping(conversationId: string): void {
  const now = Date.now()
  if (now - (saidAt.get(conversationId) ?? 0) < saidEveryMs) return
  saidAt.set(conversationId, now)
  void sendFrame({ type: 'typing', conversationId })
}

/** The next message begins anew. */
export function saidAll(conversationId: string): void {
  saidAt.delete(conversationId)
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

function tell(): void {
  for (const watcher of watchers) watcher()
}
