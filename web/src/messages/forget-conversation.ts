import type { QueryClient } from '@tanstack/react-query'
import { withoutItem } from './conversation-list.ts'
import { conversationsQuery, historyQuery } from './queries.ts'

/** It is closed, for reading too: nothing of it stays, and a screen that shows it asks why. */
export function forgetConversation(client: QueryClient, conversationId: string): void {
  const { queryKey } = historyQuery(conversationId)
  client.setQueryData(conversationsQuery.queryKey, (list) => list && withoutItem(list, conversationId))
  client.removeQueries({ queryKey, type: 'inactive' })
  void client.resetQueries({ queryKey })
}
