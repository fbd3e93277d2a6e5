import { conversationRead } from '@accord/contracts/event/chat'
import type { ConversationId, MemberId } from '@accord/contracts/id'
import { isRefused, type Refused } from '@accord/kit/error'
import { enqueue } from '@accord/kit/outbox/enqueue'
import { tellLive } from '@accord/kit/tell-live'
import { changeConversation } from '../conversation/enter.ts'
import { type NoPart, peerOf } from '../conversation/rules.ts'
import { takeSeq } from '../conversation/store.ts'
import type { ChatDeps } from '../deps.ts'
import { lastMessageFrom, noteReceipt, readStateOf } from './store.ts'

export interface ReadAnswer {
  conversationId: ConversationId
  upToSeq: number
  unreadCount: number
}

/**
 * Marks what the peer wrote up to a seq as read, and shows the peer how far; the event tells the others. It only moves forward, and to a
 * message of the peer's: the seq of a receipt read back as one would call forth the next receipt for ever.
 */
export async function markRead(
  deps: ChatDeps,
  readerId: MemberId,
  request: { conversationId: ConversationId; upToSeq: number },
): Promise<ReadAnswer | Refused<NoPart>> {
  const { conversationId } = request
  const read = await changeConversation(deps, readerId, conversationId, async (trx, conversation) => {
    const peerId = peerOf(conversation, readerId)
    const before = await readStateOf(trx, conversationId, readerId)
    const wanted = Math.min(request.upToSeq, conversation.lastSeq)
    const upToSeq = await lastMessageFrom(trx, conversationId, peerId, wanted)
    if (upToSeq <= before.upToSeq) return { ...before, receipt: null }
    const seq = await takeSeq(trx, conversationId)
    const receipt = { conversationId, readerId, peerId, seq, upToSeq, at: deps.clock() }
    const unread = await noteReceipt(trx, receipt)
    await enqueue(trx, conversationRead, {
      aggregateId: conversationId,
      actor: readerId,
      clock: deps.clock,
      data: { readerId, upToSeq },
    })
    return { upToSeq, unread, receipt }
  })
  if (isRefused(read)) return read
  const { receipt, upToSeq, unread } = read
  if (receipt) {
    const event = { type: 'read' as const, conversationId, seq: receipt.seq, readerId, upToSeq }
    await tellLive(deps, [
      [readerId, event],
      [receipt.peerId, event],
    ])
  }
  return { conversationId, upToSeq, unreadCount: unread }
}
