import { defaultPageLimit, PageQuery } from '@accord/contracts/page'
import { operation, routes } from '@accord/kit/http/operation'
import type { ChatDeps } from '../deps.ts'
import { listConversations } from './list.ts'
import { ConversationList } from './schema.ts'

export const conversationRoutes = (deps: ChatDeps) =>
  routes().get(
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
      tags: ['conversations'],
      query: PageQuery,
      response: { 200: ConversationList },
    }),
  )
