import type { QueryClient } from '@tanstack/react-query'
import { memberAtWork } from '../app/session.ts'
import { afterFirstAnswer } from '../live/after-first-answer.ts'
import { catchUp } from './catch-up.ts'
import { applyToList, withItem } from './conversation-list.ts'
import { applyChange, type Change, type Message, withEdited, withSent } from './history.ts'
import { conversationsQuery, historyQuery } from './queries.ts'
import { forgetSentEarly, noteSentEarly } from './sent-early.ts'

/** Brings one pushed change into everything that is loaded; what is missing before it is asked for. */
export function applyLive(client: QueryClient, change: Change): void {
  applyToLoadedList(client, change)
  applyToLoadedHistory(client, change)
}

function applyToLoadedHistory(client: QueryClient, change: Change): void {
  const { queryKey } = historyQuery(change.conversationId)
  const history = client.getQueryData(queryKey)
  if (!history) {
    afterFirstAnswer(client, { queryKey, exact: true }, () => applyToLoadedHistory(client, change))
    return
  }
  const next = applyChange(history, change, memberAtWork())
  if (next === null) return void catchUp(client, [change.conversationId], change.seq)
  if (next !== history) client.setQueryData(queryKey, next)
}

/** A message of one's own that is stored, known from the answer, which may come before or after its event. */
export function applySent(client: QueryClient, message: Message): void {
  applyToLoadedList(client, {
    type: 'message.created',
    conversationId: message.conversationId,
    seq: message.seq,
    message,
  })
  applySentToLoadedHistory(client, message)
}

function applySentToLoadedHistory(client: QueryClient, message: Message): void {
  const { queryKey } = historyQuery(message.conversationId)
  const history = client.getQueryData(queryKey)
  if (history) {
    client.setQueryData(queryKey, withSent(history, message))
    forgetSentEarly(client, message.conversationId)
  } else if (client.getQueryState(queryKey)) {
    noteSentEarly(client, message)
    afterFirstAnswer(client, { queryKey, exact: true }, () => applySentToLoadedHistory(client, message))
    // It could not be loaded, but what was just stored shows that it may be by now.
    void client.refetchQueries({ queryKey, exact: true, predicate: ({ state }) => state.status === 'error' })
  }
}

/** A message of one's own as its edit or deletion was answered. */
export function applyEdited(client: QueryClient, message: Message): void {
  client.setQueryData(
    historyQuery(message.conversationId).queryKey,
    (history) => history && withEdited(history, message),
  )
}

/** What the platform answers to a receipt of one's own. */
export function applyRead(
  client: QueryClient,
  conversationId: string,
  upToSeq: number,
  unreadCount: number,
): void {
  client.setQueryData(
    historyQuery(conversationId).queryKey,
    (history) => history && { ...history, readUpToSeq: Math.max(history.readUpToSeq, upToSeq) },
  )
  client.setQueryData(conversationsQuery.queryKey, (list) => {
    const item = list?.data.find(({ id }) => id === conversationId)
    return list && item && item.readUpToSeq <= upToSeq
      ? withItem(list, { ...item, readUpToSeq: upToSeq, unreadCount })
      : list
  })
}

function applyToLoadedList(client: QueryClient, change: Change): void {
  const { queryKey } = conversationsQuery
  const list = client.getQueryData(queryKey)
  if (!list) {
    afterFirstAnswer(client, { queryKey, exact: true }, () => applyToLoadedList(client, change))
    return
  }
  const next = applyToList(list, change)
  if (next === null) void client.invalidateQueries({ queryKey, exact: true })
  else if (next !== list) client.setQueryData(queryKey, next)
}
