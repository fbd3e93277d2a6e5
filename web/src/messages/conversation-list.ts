import type { Change, Message } from './history.ts'
import type { Conversation, ConversationList } from './queries.ts'

/**
 * The list with one change applied: the same list when it was applied before, null when that cannot be told
 * from what is known, and the list has to be fetched again.
 */
export function applyToList(list: ConversationList, change: Change): ConversationList | null {
  const known = list.data.find(({ id }) => id === change.conversationId)
  if (!known) return null
  if (change.seq <= known.lastSeq) return list
  if (change.seq > known.lastSeq + 1) return null
  const changed = applyToItem(known, change)
  return changed && withItem(list, { ...changed, lastSeq: change.seq })
}

/** The list with one conversation in its present state, at the place that its last activity gives it. */
export function withItem(list: ConversationList, item: Conversation): ConversationList {
  const before = list.data.find(({ id }) => id === item.id)
  const unreadCount = list.unreadCount + item.unreadCount - (before?.unreadCount ?? 0)
  const data = [item, ...list.data.filter(({ id }) => id !== item.id)].toSorted((a, b) =>
    a.lastActivityAt < b.lastActivityAt ? 1 : a.lastActivityAt > b.lastActivityAt ? -1 : 0,
  )
  return { ...list, data, unreadCount: Math.max(0, unreadCount) }
}

export function withoutItem(list: ConversationList, id: string): ConversationList {
  const gone = list.data.find((item) => item.id === id)
  if (!gone) return list
  return {
    ...list,
    data: list.data.filter((item) => item.id !== id),
    unreadCount: Math.max(0, list.unreadCount - gone.unreadCount),
  }
}

/** A list as it was fetched, but for what is known of its conversations from later events. */
export function laterList(known: ConversationList | undefined, fetched: ConversationList): ConversationList {
  let list = fetched
  for (const item of fetched.data) {
    const later = known?.data.find(({ id, lastSeq }) => id === item.id && lastSeq > item.lastSeq)
    if (later) list = withItem(list, { ...later, peer: item.peer ?? later.peer })
  }
  return list
}

/** With a further page of it; what moved up since is there once. */
export function withPage(list: ConversationList, page: ConversationList): ConversationList {
  const known = new Set(list.data.map(({ id }) => id))
  return { ...page, data: [...list.data, ...page.data.filter(({ id }) => !known.has(id))] }
}

function applyToItem(item: Conversation, change: Change): Conversation | null {
  switch (change.type) {
    case 'message.created': {
      const fromPeer = change.message.senderId === item.peerId
      return {
        ...item,
        lastMessage: previewOf(change.message),
        lastActivityAt: change.message.createdAt,
        unreadCount: item.unreadCount + (fromPeer ? 1 : 0),
      }
    }
    case 'message.changed': {
      const { message } = change
      const unread = message.senderId === item.peerId && message.seq > item.readUpToSeq
      return {
        ...item,
        lastMessage: item.lastMessage?.id === message.id ? previewOf(message) : item.lastMessage,
        unreadCount: Math.max(0, item.unreadCount - (unread && message.text === null ? 1 : 0)),
      }
    }
    case 'read': {
      if (change.readerId === item.peerId) return { ...item, peerReadUpToSeq: change.upToSeq }
      const all =
        item.lastMessage === null || item.lastMessage.seq <= change.upToSeq || item.unreadCount === 0
      // How many of the others were the peer's is not known here.
      return all ? { ...item, readUpToSeq: change.upToSeq, unreadCount: 0 } : null
    }
  }
}

const previewLength = 140

function previewOf({
  id,
  seq,
  senderId,
  text,
  createdAt,
}: Message): NonNullable<Conversation['lastMessage']> {
  const long = text !== null && text.length > previewLength
  return {
    id,
    seq,
    senderId,
    createdAt,
    preview: long ? `${[...text.slice(0, previewLength)].slice(0, -1).join('')}…` : text,
  }
}
