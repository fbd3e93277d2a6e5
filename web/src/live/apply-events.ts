import type { QueryClient } from '@tanstack/react-query'
import { sessionEnded } from '../app/session.ts'
import { afterFirstAnswer } from './after-first-answer.ts'
import { onLive } from './live.ts'

/**
 * Brings what is on the screen up to date with what happens elsewhere. Matches and notifications carry no
 * place in an order: they are fetched again, also after each reconnect. Conversations have a file of their own.
 */
export function applyLiveEvents(client: QueryClient): () => void {
  const again = (...keys: string[]) => {
    for (const key of keys) {
      afterFirstAnswer(client, { queryKey: [key] }, (queryKey) => {
        void client.invalidateQueries({ queryKey, exact: true })
      })
      void client.invalidateQueries({ queryKey: [key] })
    }
  }
  /** What could not be had, or was refused for what may be done by now. */
  const retry = () =>
    void client.refetchQueries({
      type: 'active',
      fetchStatus: 'idle',
      predicate: ({ state }) => state.status === 'error',
    })
  return onLive((event) => {
    switch (event.type) {
      case 'ready':
        again('notifications', 'matches', 'conversations', 'likes')
        afterFirstAnswer(client, { queryKey: ['deck'] }, retry)
        return retry()
      case 'match.created':
        return again('matches', 'likes', 'deck')
      case 'conversation.opened':
        return again('conversations')
      case 'match.ended':
        return again('matches', 'conversations')
      case 'deck.changed':
        return again('deck')
      case 'notification':
        return again('notifications')
      case 'session.revoked':
        return void sessionEnded()
    }
  })
}
