import type { ConversationId, MemberId } from '@accord/contracts/id'
import { openSides } from '../conversation/store.ts'
import type { ChatDeps } from '../deps.ts'

/** `rpc.chat.typing`: tells the peer, unless the conversation is not open to this member. Stores nothing. */
export async function tellTyping(
  deps: Pick<ChatDeps, 'db' | 'publishLive'>,
  request: { memberId: MemberId; conversationId: ConversationId },
): Promise<boolean> {
  const { memberId, conversationId } = request
  // From the primary: a block must count at once here too.
  const [side] = await openSides(deps.db.primary, memberId, [conversationId])
  if (!side) return false
  deps.publishLive(side.peerId, { type: 'typing', conversationId, memberId })
  return true
}
