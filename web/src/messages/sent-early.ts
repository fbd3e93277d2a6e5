import { type QueryClient, queryOptions, skipToken } from '@tanstack/react-query'
import type { Message } from './history.ts'

/** What was sent in a conversation while it was loaded, so that it stays in sight until then. */
export const sentEarlyQuery = (conversationId: string) =>
  queryOptions<readonly Message[]>({
    queryKey: ['sent-early', conversationId],
    queryFn: skipToken,
    // Whoever comes back later finds it where it belongs.
    gcTime: 60_000,
  })

export function noteSentEarly(client: QueryClient, message: Message): void {
  client.setQueryData(sentEarlyQuery(message.conversationId).queryKey, (sent = []) =>
    sent.some(({ id }) => id === message.id) ? sent : [...sent, message],
  )
}

export function forgetSentEarly(client: QueryClient, conversationId: string): void {
  client.removeQueries(sentEarlyQuery(conversationId))
}
