import { defaultPageLimit, PageQuery } from '@accord/contracts/page'
import { unwrap } from '@accord/kit/error'
import { operation, routes } from '@accord/kit/http/operation'
import type { ChatDeps } from '../deps.ts'
import { getConversation } from './get.ts'
import { listConversations } from './list.ts'
import { ConversationItem, ConversationList, ConversationParams } from './schema.ts'

const tags = ['conversations']

export const conversationRoutes = (deps: ChatDeps) =>
  routes()
    .get(
      '/api/v1/conversations',
      ({ caller, query }) =>
        listConversations(deps, caller.actor.memberId, {
          limit: query.limit ?? defaultPageLimit,
          cursor: query.cursor ?? null,
        }),
      operation({
        id: 'listConversations',
        access: 'member',
        summary: 'List your conversations',
        description: 'The last active first. Closed ones are left out.',
        tags,
        query: PageQuery,
        response: { 200: ConversationList },
      }),
    )
    .get(
      '/api/v1/conversations/:conversationId',
      async ({ caller, params }) =>
        unwrap(await getConversation(deps, caller.actor.memberId, params.conversationId)),
      operation({
        id: 'getConversation',
        access: 'member',
        summary: 'One of your conversations',
        description: 'As the list shows it.',
        tags,
        params: ConversationParams,
        response: { 200: ConversationItem },
        errors: ['not_found', 'conversation_closed'],
      }),
    )
