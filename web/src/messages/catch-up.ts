import type { QueryClient } from '@tanstack/react-query'
import { memberAtWork } from '../app/session.ts'
import { sendFrame } from '../live/live.ts'
import { forgetConversation } from './forget-conversation.ts'
import { applyChanges, type Change, type History } from './history.ts'
import { fetchHistory, historyQuery } from './queries.ts'

interface Recovery {
  recovered: boolean
  seq: number
  changes: readonly Change[]
}

/** What one `resume` may ask for. */
const atMost = 100

const asking = new Set<string>()
/** The furthest that was heard of in each conversation: a gap may grow while it is asked for. */
const heard = new Map<string, number>()

/** The conversations whose messages are loaded, the last used first; the rest of very many is let go. */
export function loadedConversations(client: QueryClient): string[] {
  const loaded = client
    .getQueryCache()
    .findAll({ queryKey: ['messages'], predicate: ({ state }) => state.data !== undefined })
    .toSorted(
      (a, b) => Number(b.isActive()) - Number(a.isActive()) || b.state.dataUpdatedAt - a.state.dataUpdatedAt,
    )
  for (const { queryKey } of loaded.slice(atMost))
    client.removeQueries({ queryKey, exact: true, type: 'inactive' })
  return loaded.slice(0, atMost).map(({ queryKey }) => queryKey[1] as string)
}

/**
 * Asks for everything that was missed in these conversations, up to `seq` at least where it is known. Gaps are
 * filled whole; where that cannot be, the conversation is loaded anew.
 */
export async function catchUp(
  client: QueryClient,
  conversationIds: readonly string[],
  seq = 0,
): Promise<void> {
  const known: Record<string, number> = {}
  for (const id of conversationIds) {
    heard.set(id, Math.max(seq, heard.get(id) ?? 0))
    const history = client.getQueryData(historyQuery(id).queryKey)
    if (history && !asking.has(id)) known[id] = history.lastSeq
  }
  const ids = Object.keys(known)
  if (ids.length === 0) return
  for (const id of ids) asking.add(id)
  const reply = await sendFrame({ type: 'resume', conversations: known })
  const answers = reply.ok ? (reply.conversations as Record<string, Recovery>) : null
  // Without a connection the next `ready` asks again.
  if (answers || reply.code !== 'offline') {
    await Promise.all(ids.map((id) => recover(client, id, answers ? answers[id] : unknown)))
  }
  for (const id of ids) asking.delete(id)
  // A gap that is still open though nothing more was given waits for the next event.
  if (answers)
    await catchUp(
      client,
      ids.filter((id) => isBehind(client, id, known[id] ?? 0)),
    )
}

/** Nothing could be asked: the history says how it is. */
const unknown: Recovery = { recovered: false, seq: 0, changes: [] }

async function recover(client: QueryClient, id: string, answer: Recovery | undefined): Promise<void> {
  // Left out of the answer: it is closed, or not ours.
  if (!answer) return forgetConversation(client, id)
  const { queryKey } = historyQuery(id)
  const history = client.getQueryData(queryKey)
  if (!history) return
  const next = answer.recovered
    ? applyChanges(history, answer.changes, memberAtWork())
    : await anew(client, id)
  if (next) client.setQueryData(queryKey, next)
}

/** Null when it cannot be had now; it is marked as old then, and loaded when it is looked at. */
async function anew(client: QueryClient, id: string): Promise<History | null> {
  try {
    return await fetchHistory(id, null)
  } catch {
    await client.invalidateQueries({ queryKey: historyQuery(id).queryKey })
    return null
  }
}

function isBehind(client: QueryClient, id: string, before: number): boolean {
  const history = client.getQueryData(historyQuery(id).queryKey)
  return history !== undefined && history.lastSeq > before && history.lastSeq < (heard.get(id) ?? 0)
}
