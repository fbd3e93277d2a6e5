import type { MemberId } from '@accord/contracts/id'
import { tellLive } from '@accord/kit/tell-live'
import type { ChatDeps } from '../deps.ts'
import { showMessage } from './body.ts'
import type { StoredMessage } from './store.ts'

/**
 * Pushes a message to both members, to each as that one may see it. After the commit, best effort. Whoever gets it
 * and asks for what came before finds all of it. Two of the same moment may be pushed in the other order: `seq` tells.
 */
export async function pushMessage(
  deps: Pick<ChatDeps, 'db' | 'redis' | 'publishLive'>,
  change: {
    type: 'message.created' | 'message.changed'
    seq: number
    message: StoredMessage
    text: string | null
    peerId: MemberId
  },
): Promise<void> {
  const { type, seq, message, text, peerId } = change
  const { conversationId, senderId } = message
  const eventFor = (memberId: MemberId) => ({
    type,
    conversationId,
    seq,
    message: showMessage(message, text, memberId),
  })
  await tellLive(deps, [
    [senderId, eventFor(senderId)],
    [peerId, eventFor(peerId)],
  ])
}
