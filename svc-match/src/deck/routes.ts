import { PageQuery } from '@accord/contracts/page'
import { unwrap } from '@accord/kit/error'
import { operation, routes } from '@accord/kit/http/operation'
import type { Deps } from '../deps.ts'
import { getDeck } from './get.ts'
import { Deck } from './schema.ts'

export const deckRoutes = (deps: Deps) =>
  routes().get(
    '/api/v1/matches/deck',
    async ({ caller, query }) => unwrap(await getDeck(deps, caller.actor.memberId, query)),
    operation({
      id: 'getDeck',
      access: 'member',
      summary: 'Members I could want and who could want me',
      description:
        'Nearest first. Never those I have decided about, nor anybody who is blocked or hidden. A page may ' +
        'hold fewer than asked for; `hasNextPage` says whether there are more.',
      tags: ['matches'],
      query: PageQuery,
      response: { 200: Deck },
      errors: ['profile_incomplete', 'preferences_missing'],
    }),
  )
