import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { api, unwrap } from '../api/client.ts'
import { sendFrame, useLiveState } from '../live/live.ts'
import { applyRead } from './apply-change.ts'
import { type History, lastFromPeer } from './history.ts'

/** Tells the other member that their words were read: those at the end of the screen, when somebody looks. */
export function useReadReceipt(conversationId: string, history: History | undefined, atEnd: boolean): void {
  const client = useQueryClient()
  const looking = useSyncExternalStore(watchLooking, isLooking)
  const live = useLiveState()
  const told = useRef({ upToSeq: 0, live })
  const upToSeq = history && lastFromPeer(history) > history.readUpToSeq ? lastFromPeer(history) : 0
  useEffect(() => {
    if (!looking || !atEnd || upToSeq === 0) return
    // Once for each message, and again over a new connection when no answer came.
    if (told.current.upToSeq >= upToSeq && told.current.live === live) return
    told.current = { upToSeq, live }
    void tell(conversationId, upToSeq).then((answer) => {
      if (answer) applyRead(client, conversationId, answer.upToSeq, answer.unreadCount)
    })
  }, [client, conversationId, upToSeq, looking, atEnd, live])
}

interface Answer {
  upToSeq: number
  unreadCount: number
}

async function tell(conversationId: string, upToSeq: number): Promise<Answer | null> {
  const reply = await sendFrame({ type: 'read', conversationId, upToSeq })
  if (reply.ok) return reply as unknown as Answer
  const path = { conversationId }
  const request = api.POST('/api/v1/conversations/{conversationId}/read', {
    params: { path },
    body: { upToSeq },
  })
  return unwrap(request).catch(() => null)
}

const isLooking = () => document.visibilityState === 'visible' && document.hasFocus()

function watchLooking(watcher: () => void): () => void {
  document.addEventListener('visibilitychange', watcher)
  addEventListener('focus', watcher)
  addEventListener('blur', watcher)
  return () => {
    document.removeEventListener('visibilitychange', watcher)
    removeEventListener('focus', watcher)
    removeEventListener('blur', watcher)
  }
}
