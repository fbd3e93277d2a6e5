import { Id } from '@accord/contracts/id'
import { PageOf } from '@accord/contracts/page'
import { unwrap } from '@accord/kit/error'
import { NoContent, operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { listMatches } from './list.ts'
import { ListedMatch, MatchesQuery } from './schema.ts'
import { unmatch } from './unmatch.ts'

export const matchRoutes = (deps: Deps) =>
  routes()
    .get(
      '/api/v1/matches',
      ({ caller, query }) => listMatches(deps, caller.actor.memberId, query),
      operation({
        id: 'listMatches',
        access: 'member',
        summary: 'My matches',
        description: 'The active ones, the newest first.',
        tags: ['matches'],
        query: MatchesQuery,
        response: { 200: PageOf(ListedMatch) },
      }),
    )
    .delete(
      '/api/v1/matches/:id',
      async ({ caller, params }) => {
        unwrap(await unmatch(deps, caller.actor.memberId, params.id))
      },
      operation({
        id: 'unmatch',
        access: 'member',
        summary: 'End a match',
        description: 'For good, and for both; the conversation closes. Safe to repeat.',
        tags: ['matches'],
        params: Type.Object({ id: Id('mat') }),
        response: { 204: NoContent },
        errors: ['not_found'],
      }),
    )
