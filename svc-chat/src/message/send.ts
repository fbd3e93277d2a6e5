import { messageSent } from '@accord/contracts/event/chat'
import { type ConversationId, type MemberId, newId } from '@accord/contracts/id'
import type { Message } from '@accord/contracts/live'
import { isRefused, type Refused } from '@accord/kit/error'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import { changeConversation } from '../conversation/enter.ts'
import { type Conversation, type NoPart, peerOf } from '../conversation/rules.ts'
import { takeSeq } from '../conversation/store.ts'
import type { Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { openTexts, sealText, showMessage } from './body.ts'
import { pushMessage } from './push.ts'
import { findByClientId, insertMessage, noteMessage, type StoredMessage } from './store.ts'

export interface Draft {
  conversationId: ConversationId
  /** Chosen by the client; the same one again gives the same answer. */
  clientMessageId: string
  /** Normalised. */
  text: string
}

/** Stores one message and its event in a single transaction, then pushes it. Same clientMessageId, same answer. */
export async function sendMessage(
  deps: ChatDeps,
  senderId: MemberId,
  draft: Draft,
): Promise<Message | Refused<NoPart>> {
  const sent = await changeConversation(deps, senderId, draft.conversationId, async (trx, conversation) => {
    const earlier = await findByClientId(trx, draft.conversationId, senderId, draft.clientMessageId)
    if (earlier) {
      const [text] = await openTexts(deps.envelope, trx, [earlier])
      return { message: earlier, text: text ?? null, peerId: null }
    }
    return store(deps, trx, conversation, senderId, draft)
  })
  if (isRefused(sent)) return sent
  const { message, text, peerId } = sent
  if (peerId) {
    await pushMessage(deps, { type: 'message.created', seq: message.seq, message, text, peerId })
  }
  return showMessage(message, text, senderId)
}

async function store(
  deps: ChatDeps,
  trx: Transaction<Database>,
  conversation: Conversation,
  senderId: MemberId,
  draft: Draft,
): Promise<{ message: StoredMessage; text: string; peerId: MemberId }> {
  const { conversationId, clientMessageId, text } = draft
  const peerId = peerOf(conversation, senderId)
  const id = newId('msg')
  const message: StoredMessage = {
    id,
    conversationId,
    seq: await takeSeq(trx, conversationId),
    senderId,
    clientMessageId,
    body: await sealText(deps.envelope, trx, { id, conversationId }, text),
    createdAt: deps.clock(),
    editedAt: null,
    deletedAt: null,
  }
  await insertMessage(trx, message)
  await noteMessage(trx, { conversationId, seq: message.seq, senderId, peerId, at: message.createdAt })
  await enqueue(trx, messageSent, {
    aggregateId: conversationId,
    actor: senderId,
    clock: deps.clock,
    data: { messageId: id, senderId, recipientId: peerId, seq: message.seq },
  })
  return { message, text, peerId }
}
