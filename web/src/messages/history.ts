import type { Schemas } from '../api/client.ts'

export type Message = Schemas['Message']

/** What was loaded of one conversation: an unbroken piece of it that ends at `lastSeq`. */
export interface History {
  /** In order of seq, the oldest first. */
  messages: readonly Message[]
  /** Where what is older begins; null when there is nothing older. */
  olderCursor: string | null
  /** Everything that happened up to here is in it: edits, deletions and receipts take a seq, too. */
  lastSeq: number
  readUpToSeq: number
  peerReadUpToSeq: number
}

/** A page as the platform answers it, newest first. */
export interface HistoryPage {
  data: readonly Message[]
  pagination: { nextCursor: string | null }
  lastSeq: number
  readUpToSeq: number
  peerReadUpToSeq: number
}

/** One step of a conversation, as it is pushed and as `resume` gives it. */
export type Change =
  | { type: 'message.created' | 'message.changed'; conversationId: string; seq: number; message: Message }
  | { type: 'read'; conversationId: string; seq: number; readerId: string; upToSeq: number }

export function historyOf({ data, pagination, lastSeq, readUpToSeq, peerReadUpToSeq }: HistoryPage): History {
  return {
    messages: data.toReversed(),
    olderCursor: pagination.nextCursor,
    lastSeq,
    readUpToSeq,
    peerReadUpToSeq,
  }
}

/**
 * With an older page before it. What is there already stays as it is: it may have been changed since the page
 * was read. The page's own `lastSeq` is not taken over, since the changes up to it were not applied.
 */
export function withOlder(history: History, page: HistoryPage): History {
  const known = new Set(history.messages.map((message) => message.id))
  const older = page.data.filter((message) => !known.has(message.id)).toReversed()
  return { ...history, messages: [...older, ...history.messages], olderCursor: page.pagination.nextCursor }
}

/** With a message whose place is known, as the answer to a send gives it; one that is there already stays. */
export function withSent(history: History, message: Message): History {
  if (history.messages.some((each) => each.id === message.id)) return history
  const next = { ...history, messages: inserted(history.messages, message) }
  return message.seq === history.lastSeq + 1 ? { ...next, lastSeq: message.seq } : next
}

/** With an own message as an edit or a deletion has left it; the change itself is pushed, too. */
export function withEdited(history: History, message: Message): History {
  return { ...history, messages: history.messages.map((each) => (each.id === message.id ? message : each)) }
}

/**
 * With one change applied: the same history when it was applied before, null when something between is missing
 * and has to be asked for.
 */
export function applyChange(history: History, change: Change, me: string | null): History | null {
  if (change.seq <= history.lastSeq) return history
  if (change.seq > history.lastSeq + 1) return null
  const next = { ...history, lastSeq: change.seq }
  switch (change.type) {
    case 'message.created':
      return { ...next, messages: inserted(history.messages, change.message) }
    case 'message.changed':
      return withEdited(next, change.message)
    case 'read':
      return change.readerId === me
        ? { ...next, readUpToSeq: Math.max(history.readUpToSeq, change.upToSeq) }
        : { ...next, peerReadUpToSeq: Math.max(history.peerReadUpToSeq, change.upToSeq) }
  }
}

/** With a whole gap applied, in its order. Null when it is not whole. */
export function applyChanges(
  history: History,
  changes: readonly Change[],
  me: string | null,
): History | null {
  let next: History | null = history
  for (const change of changes) next = next && applyChange(next, change, me)
  return next
}

/** Of two readings of the same conversation the later one; a request may be overtaken by what is pushed. */
export function later(known: History | undefined, fetched: History): History {
  return known && known.lastSeq > fetched.lastSeq ? known : fetched
}

/** Whether a message is one's own: only its sender is told the key it was sent with. */
export function isOwn(message: Message): boolean {
  return message.clientMessageId !== null
}

/** Up to where there is something of the other member to be read; 0 when there is nothing. */
export function lastFromPeer(history: History): number {
  return history.messages.findLast((message) => !isOwn(message))?.seq ?? 0
}

function inserted(messages: readonly Message[], message: Message): readonly Message[] {
  const at = messages.findLastIndex((each) => each.seq <= message.seq)
  if (messages[at]?.id === message.id) return messages.with(at, message)
  return messages.toSpliced(at + 1, 0, message)
}
