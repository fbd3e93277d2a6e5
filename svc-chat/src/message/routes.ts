import { Message } from '@accord/contracts/live'
import { defaultPageLimit } from '@accord/contracts/page'
import { AppError, unwrap } from '@accord/kit/error'
import { NoContent, operation, routes } from '@accord/kit/http/operation'
import { ConversationParams } from '../conversation/schema.ts'
import type { ChatDeps } from '../deps.ts'
import { deleteMessage, editMessage } from './change.ts'
import { listMessages } from './history.ts'
import { editableForMinutes, normaliseText } from './rules.ts'
import { History, HistoryQuery, MessageDraft, MessageEdit, MessageParams } from './schema.ts'
import { sendMessage } from './send.ts'

const tags = ['conversations']

export const messageRoutes = (deps: ChatDeps) =>
  routes()
    .get(
      '/api/v1/conversations/:conversationId/messages',
      async ({ caller, params, query }) =>
        unwrap(
          await listMessages(deps, caller.actor.memberId, {
            conversationId: params.conversationId,
            limit: query.limit ?? defaultPageLimit,
            cursor: query.cursor ?? null,
            afterSeq: query.afterSeq ?? null,
          }),
        ),
      operation({
        id: 'listMessages',
        access: 'member',
        summary: 'List the messages of a conversation',
        description: 'Newest first. A page of very long messages may hold fewer than asked for.',
        tags,
        params: ConversationParams,
        query: HistoryQuery,
        response: { 200: History },
        errors: ['not_found', 'conversation_closed'],
      }),
    )
    .post(
      '/api/v1/conversations/:conversationId/messages',
      async ({ caller, params, body }) =>
        unwrap(
          await sendMessage(deps, caller.actor.memberId, {
            conversationId: params.conversationId,
            clientMessageId: body.clientMessageId,
            text: readText(body.text),
          }),
        ),
      operation({
        id: 'sendMessage',
        access: 'member',
        summary: 'Send a message',
        description: 'Answered once it is stored. The same clientMessageId again gives the same message.',
        tags,
        params: ConversationParams,
        body: MessageDraft,
        response: { 201: Message },
        errors: ['not_found', 'conversation_closed'],
      }),
    )
    .patch(
      '/api/v1/conversations/:conversationId/messages/:messageId',
      async ({ caller, params, body }) =>
        unwrap(await editMessage(deps, caller.actor.memberId, params, readText(body.text))),
      operation({
        id: 'editMessage',
        access: 'member',
        summary: 'Edit a message of your own',
        description: `Within ${editableForMinutes} minutes of sending it.`,
        tags,
        params: MessageParams,
        body: MessageEdit,
        response: { 200: Message },
        errors: ['not_found', 'forbidden', 'conversation_closed', 'message_not_editable'],
      }),
    )
    .delete(
      '/api/v1/conversations/:conversationId/messages/:messageId',
      async ({ caller, params }) => {
        unwrap(await deleteMessage(deps, caller.actor.memberId, params))
        return new Response(null, { status: 204 })
      },
      operation({
        id: 'deleteMessage',
        access: 'member',
        summary: 'Delete a message of your own',
        description: 'For both members. Its text is erased; its place in the conversation stays.',
        tags,
        params: MessageParams,
        response: { 204: NoContent },
        errors: ['not_found', 'forbidden', 'conversation_closed'],
      }),
    )

function readText(given: string): string {
  const text = normaliseText(given)
  if (text !== null) return text
  const expected = 'text with something visible in it and without control characters'
  throw new AppError('validation_failed', { fields: [{ path: '/text', in: 'body', expected }] })
}
