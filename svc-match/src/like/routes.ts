import { PageQuery } from '@accord/contracts/page'
import { operation, routes } from '@accord/kit/http/operation'
import type { Deps } from '../deps.ts'
import { listLikesReceived } from './list.ts'
import { LikesReceived } from './schema.ts'

export const likeRoutes = (deps: Deps) =>
  routes().get(
    '/api/v1/matches/likes-received',
    ({ caller, query }) => listLikesReceived(deps, caller.actor.memberId, query),
    operation({
      id: 'listLikesReceived',
      access: 'member',
      summary: 'Who likes me',
      description: 'Those I have not answered yet, the latest first; who they are depends on the plan.',
      tags: ['matches'],
      query: PageQuery,
      response: { 200: LikesReceived },
    }),
  )
