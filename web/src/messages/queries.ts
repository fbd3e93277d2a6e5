import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { laterList, withPage } from './conversation-list.ts'
import { type History, type HistoryPage, historyOf, later, withOlder } from './history.ts'

export type ConversationList = Awaited<ReturnType<typeof conversationPage>>
export type Conversation = ConversationList['data'][number]

/** The conversations that were last active, as many as were shown before, with how much of each is unread. */
export const conversationsQuery = queryOptions({
  queryKey: ['conversations'],
  queryFn: ({ client, signal }) => {
    const known = client.getQueryData<ConversationList>(['conversations'])
    return orAsItWas(known, async () => {
      let list = await conversationPage(null, signal)
      while (list.pagination.nextCursor && list.data.length < (known?.data.length ?? 0)) {
        list = withPage(list, await conversationPage(list.pagination.nextCursor, signal))
      }
      return laterList(client.getQueryData<ConversationList>(['conversations']), list)
    })
  },
  meta: { keep: true },
})

export async function loadMoreConversations(client: QueryClient): Promise<void> {
  const cursor = client.getQueryData(conversationsQuery.queryKey)?.pagination.nextCursor
  if (!cursor) return
  const page = await conversationPage(cursor)
  client.setQueryData(conversationsQuery.queryKey, (list) => list && withPage(list, page))
}

/** One conversation, where the list that is loaded does not reach it. */
export const conversationQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['conversations', 'one', conversationId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/conversations/{conversationId}', { params: { path: { conversationId } }, signal }),
      ),
    staleTime: 5 * 60_000,
  })

/** A conversation is its match by another prefix. */
export const matchOf = (conversationId: string) => conversationId.replace(/^con_/, 'mat_')
export const conversationOf = (matchId: string) => matchId.replace(/^mat_/, 'con_')

/**
 * What was said in a conversation, from its end backwards as far as it was loaded. The live connection keeps
 * it in step: it is not fetched again on its own.
 */
export const historyQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['messages', conversationId],
    queryFn: ({ client, signal }): Promise<History> => {
      const key = ['messages', conversationId]
      const known = client.getQueryData<History>(key)
      return orAsItWas(known, async () => {
        const fetched = await fetchHistory(conversationId, known?.messages[0]?.seq ?? null, signal)
        return later(client.getQueryData<History>(key), fetched)
      })
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    structuralSharing: false,
    meta: { keep: true },
  })

const pageSize = 50
/** What is read again at most: further back it is loaded when it is looked at. */
const readAgain = 400

/** The end of a conversation, back to a message that was on the screen, so that its reader keeps the place. */
export async function fetchHistory(
  conversationId: string,
  downToSeq: number | null,
  signal?: AbortSignal,
): Promise<History> {
  let history = historyOf(await historyPage(conversationId, null, signal))
  for (;;) {
    const oldest = history.messages[0]?.seq ?? 0
    if (downToSeq === null || oldest <= downToSeq || history.messages.length >= readAgain) return history
    if (history.olderCursor === null) return history
    history = withOlder(history, await historyPage(conversationId, history.olderCursor, signal))
  }
}

/** Puts the page before what is loaded. */
export async function loadOlder(client: QueryClient, conversationId: string): Promise<void> {
  const { queryKey } = historyQuery(conversationId)
  const cursor = client.getQueryData(queryKey)?.olderCursor
  if (!cursor) return
  const page = await historyPage(conversationId, cursor)
  client.setQueryData(queryKey, (history) => history && withOlder(history, page))
}

function historyPage(
  conversationId: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<HistoryPage> {
  const query = cursor === null ? { limit: pageSize } : { limit: pageSize, cursor }
  return unwrap(
    api.GET('/api/v1/conversations/{conversationId}/messages', {
      params: { path: { conversationId }, query },
      ...(signal ? { signal } : {}),
    }),
  )
}

function conversationPage(cursor: string | null, signal?: AbortSignal) {
  const query = cursor === null ? { limit: pageSize } : { limit: pageSize, cursor }
  return unwrap(api.GET('/api/v1/conversations', { params: { query }, ...(signal ? { signal } : {}) }))
}

/** Without a network what was loaded before counts: it stays on the screen and on the device. */
async function orAsItWas<T>(known: T | undefined, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (known !== undefined && isProblem(error) && error.code === 'offline') return known
    throw error
  }
}
