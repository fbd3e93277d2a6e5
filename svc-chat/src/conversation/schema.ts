import { Card } from '@accord/contracts/call/identity'
import { Id } from '@accord/contracts/id'
import { PageOf } from '@accord/contracts/page'
import { Type } from '@sinclair/typebox'

const strict = { additionalProperties: false }

export const ConversationParams = Type.Object({ conversationId: Id('con') })

export const LastMessage = Type.Object(
  {
    id: Id('msg'),
    seq: Type.Integer({ minimum: 1 }),
    senderId: Id('mem'),
    preview: Type.Union([Type.String(), Type.Null()], {
      description: 'Beginning of the text; null when the message was deleted.',
    }),
    createdAt: Type.String(),
  },
  strict,
)

export const ConversationItem = Type.Object(
  {
    id: Id('con'),
    matchId: Id('mat'),
    peerId: Id('mem'),
    peer: Type.Union([Card, Type.Null()], {
      description: 'The other member’s card; null when it cannot be shown right now.',
    }),
    lastMessage: Type.Union([LastMessage, Type.Null()]),
    lastActivityAt: Type.String(),
    lastSeq: Type.Integer({ minimum: 0 }),
    unreadCount: Type.Integer({ minimum: 0 }),
    readUpToSeq: Type.Integer({ minimum: 0, description: 'What you have read.' }),
    peerReadUpToSeq: Type.Integer({ minimum: 0, description: 'What the other member has read.' }),
  },
  strict,
)

export const ConversationList = PageOf(ConversationItem, {
  unreadCount: Type.Integer({ minimum: 0, description: 'Unread messages in all conversations.' }),
})
