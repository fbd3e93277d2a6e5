import { Type } from '@sinclair/typebox'
import { Id } from '../id.ts'
import { defineEvent } from './define.ts'

export const messageSent = defineEvent({
  type: 'chat.message.sent',
  aggregate: 'con',
  version: 1,
  description: 'A message was stored. Its text stays in chat.',
  data: Type.Object(
    {
      messageId: Id('msg'),
      senderId: Id('mem'),
      recipientId: Id('mem'),
      seq: Type.Integer({ minimum: 1 }),
    },
    { additionalProperties: false },
  ),
  sample: {
    messageId: 'msg_01k9zv8h5ae6wt3q4x7n2m0c1d',
    senderId: 'mem_01k9zv8h5ae6wt3q4x7n2m0c1d',
    recipientId: 'mem_01k9zv8h5ae6wt3q4x7n2m0c1e',
    seq: 1,
  },
})

export const conversationRead = defineEvent({
  type: 'chat.conversation.read',
  aggregate: 'con',
  version: 1,
  description: 'A member has read what the other one wrote, up to a message.',
  data: Type.Object(
    { readerId: Id('mem'), upToSeq: Type.Integer({ minimum: 1, description: 'Seq of that message.' }) },
    { additionalProperties: false },
  ),
  sample: { readerId: 'mem_01k9zv8h5ae6wt3q4x7n2m0c1e', upToSeq: 1 },
})
