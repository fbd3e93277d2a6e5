import type { ConversationId, MemberId, MessageId } from '@accord/contracts/id'
import type { Message } from '@accord/contracts/live'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import type { Transaction } from 'kysely'
import { changeConversation } from '../conversation/enter.ts'
import { type Conversation, type NoPart, peerOf } from '../conversation/rules.ts'
import { takeSeq } from '../conversation/store.ts'
import type { Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { openTexts, sealText, showMessage } from './body.ts'
import { pushMessage } from './push.ts'
import { mayDelete, mayEdit } from './rules.ts'
import { findMessage, noteChange, type StoredMessage, updateMessage } from './store.ts'

export interface MessageKey {
  conversationId: ConversationId
  messageId: MessageId
}

/** Gives a message of one's own another text. The same text again changes nothing. */
export async function editMessage(
  deps: ChatDeps,
  memberId: MemberId,
  key: MessageKey,
  text: string,
): Promise<Message | Refused<NoPart | 'forbidden' | 'message_not_editable'>> {
  const edited = await changeConversation(deps, memberId, key.conversationId, async (trx, conversation) => {
    const message = await findMessage(trx, key.conversationId, key.messageId)
    if (!message) return refused('not_found')
    const refusal = mayEdit(message, memberId, deps.clock())
    if (refusal) return refusal
    const [before] = await openTexts(deps.envelope, trx, [message])
    if (before === text) return { message, change: null }
    const body = await sealText(deps.envelope, trx, message, text)
    return log(deps, trx, conversation, { ...message, body, editedAt: deps.clock() })
  })
  if (isRefused(edited)) return edited
  if (edited.change) {
    const { message, change } = edited
    await pushMessage(deps, { type: 'message.changed', ...change, message, text })
  }
  return showMessage(edited.message, text, memberId)
}

/** Takes a message of one's own back: its text is erased, its place stays. Again changes nothing. */
export async function deleteMessage(
  deps: ChatDeps,
  memberId: MemberId,
  key: MessageKey,
): Promise<null | Refused<NoPart | 'forbidden'>> {
  const deleted = await changeConversation(deps, memberId, key.conversationId, async (trx, conversation) => {
    const message = await findMessage(trx, key.conversationId, key.messageId)
    if (!message) return refused('not_found')
    const refusal = mayDelete(message, memberId)
    if (refusal) return refusal
    if (message.deletedAt) return { message, change: null }
    return log(deps, trx, conversation, { ...message, body: null, deletedAt: deps.clock() })
  })
  if (isRefused(deleted)) return deleted
  if (deleted.change) {
    const { message, change } = deleted
    await pushMessage(deps, { type: 'message.changed', ...change, message, text: null })
  }
  return null
}

async function log(
  deps: ChatDeps,
  trx: Transaction<Database>,
  conversation: Conversation,
  message: StoredMessage,
): Promise<{ message: StoredMessage; change: { seq: number; peerId: MemberId } }> {
  const peerId = peerOf(conversation, message.senderId)
  const seq = await takeSeq(trx, conversation.id)
  await updateMessage(trx, message)
  await noteChange(trx, { message, peerId, seq, at: deps.clock(), deleted: message.deletedAt !== null })
  return { message, change: { seq, peerId } }
}
