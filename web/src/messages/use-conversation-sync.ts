import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { afterFirstAnswer } from '../live/after-first-answer.ts'
import { type LiveEvent, onLive } from '../live/live.ts'
import { applyLive, applySent } from './apply-change.ts'
import { catchUp, loadedConversations } from './catch-up.ts'
import { forgetConversation } from './forget-conversation.ts'
import type { Change } from './history.ts'
import { startOutbox } from './outbox.ts'
import { conversationOf } from './queries.ts'
import { heardNoTyping, heardTyping } from './typing.ts'

/** Keeps the conversations that were loaded in step with what is pushed, for as long as the app is open. */
export function useConversationSync(): void {
  const client = useQueryClient()
  useEffect(() => onLive((event) => hear(client, event)), [client])
  useEffect(() => startOutbox((message) => applySent(client, message)), [client])
}

function hear(client: QueryClient, event: LiveEvent): void {
  switch (event.type) {
    case 'ready':
      void catchUp(client, loadedConversations(client))
      afterFirstAnswer(client, { queryKey: ['messages'] }, ([, id]) => void catchUp(client, [id as string]))
      // What could not be loaded without a connection.
      void client.refetchQueries({
        queryKey: ['messages'],
        predicate: ({ state }) => state.status === 'error',
      })
      return
    case 'message.created':
    case 'message.changed':
    case 'read': {
      const change = event as unknown as Change
      if (change.type === 'message.created' && change.message.clientMessageId === null)
        heardNoTyping(change.conversationId)
      applyLive(client, change)
      return
    }
    case 'typing':
      heardTyping(event.conversationId as string)
      return
    case 'match.ended':
      forgetConversation(client, conversationOf(event.matchId as string))
  }
}
