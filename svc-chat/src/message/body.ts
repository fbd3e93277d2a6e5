import type { ConversationId, MemberId, MessageId } from '@accord/contracts/id'
import type { Message } from '@accord/contracts/live'
import type { CipherBinding, Envelope } from '@accord/kit/crypto/envelope'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { StoredMessage } from './store.ts'

/** Seals a text under the conversation's data key, bound to its own message. */
export function sealText(
  envelope: Envelope,
  trx: Transaction<Database>,
  message: { id: MessageId; conversationId: ConversationId },
  text: string,
): Promise<Buffer> {
  return envelope.encrypt(trx, bindingOf(message), text)
}

/** The texts of these messages, in their order; null for a deleted one. */
export function openTexts(
  envelope: Envelope,
  db: Kysely<Database>,
  messages: readonly StoredMessage[],
): Promise<(string | null)[]> {
  return envelope.decryptMany(
    db,
    messages.map((message) => ({ binding: bindingOf(message), sealed: message.body })),
  )
}

/** The messages with their texts, as one of the two members may see them. */
export async function readMessages(
  envelope: Envelope,
  db: Kysely<Database>,
  messages: readonly StoredMessage[],
  viewerId: MemberId,
): Promise<Message[]> {
  const texts = await openTexts(envelope, db, messages)
  return messages.map((message, at) => showMessage(message, texts[at] ?? null, viewerId))
}

/** The sender's own key of a message is nobody else's business. */
export function showMessage(message: StoredMessage, text: string | null, viewerId: MemberId): Message {
  return {
    id: message.id,
    conversationId: message.conversationId,
    senderId: message.senderId,
    clientMessageId: message.senderId === viewerId ? message.clientMessageId : null,
    seq: message.seq,
    text,
    createdAt: message.createdAt.toISOString(),
    editedAt: message.editedAt?.toISOString() ?? null,
    deletedAt: message.deletedAt?.toISOString() ?? null,
  }
}

function bindingOf(message: { id: MessageId; conversationId: ConversationId }): CipherBinding {
  return { owner: message.conversationId, table: 'messages', column: 'body', row: message.id }
}
