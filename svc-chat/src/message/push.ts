import type { MemberId } from '@accord/contracts/id'
import type { ChatDeps } from '../deps.ts'
import { showMessage } from './body.ts'
import type { StoredMessage } from './store.ts'

/** Pushes a message to both members, to each as that one may see it. After the commit, best effort. */
export function pushMessage(
  deps: Pick<ChatDeps, 'publishLive'>,
  change: {
    type: 'message.created' | 'message.changed'
    seq: number
    message: StoredMessage
    text: string | null
    peerId: MemberId
  },
): void {
  const { type, seq, message, text, peerId } = change
  for (const memberId of [message.senderId, peerId]) {
    deps.publishLive(memberId, {
      type,
      conversationId: message.conversationId,
      seq,
      message: showMessage(message, text, memberId),
    })
  }
}
