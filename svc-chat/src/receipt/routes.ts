import { Id } from '@accord/contracts/id'
import { unwrap } from '@accord/kit/error'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import { ConversationParams } from '../conversation/schema.ts'
import type { ChatDeps } from '../deps.ts'
import { markRead } from './mark-read.ts'

const ReadAnswer = Type.Object(
  {
    conversationId: Id('con'),
    upToSeq: Type.Integer({ minimum: 0, description: 'Messages of the other member up to here are read.' }),
    unreadCount: Type.Integer({ minimum: 0, description: 'What is still unread in this conversation.' }),
  },
  { additionalProperties: false },
)

export const receiptRoutes = (deps: ChatDeps) =>
  routes().post(
    '/api/v1/conversations/:conversationId/read',
    async ({ caller, params, body }) =>
      unwrap(await markRead(deps, caller.actor.memberId, { ...params, upToSeq: body.upToSeq })),
    operation({
      id: 'markRead',
      access: 'member',
      summary: 'Mark a conversation as read up to a message',
      description: 'Only moves forward; safe to repeat. The other member sees it.',
      tags: ['conversations'],
      params: ConversationParams,
      body: Type.Object({ upToSeq: Type.Integer({ minimum: 1 }) }),
      response: { 200: ReadAnswer },
      errors: ['not_found', 'conversation_closed'],
    }),
  )
