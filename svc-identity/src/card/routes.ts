import { Card } from '@accord/contracts/call/identity'
import { Id } from '@accord/contracts/id'
import { unwrap } from '@accord/kit/error'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { createPhotoPresenter } from '../photo/present.ts'
import { createCards } from './read.ts'

export const cardRoutes = (deps: Deps) => {
  const cards = createCards(deps, createPhotoPresenter(deps))
  return routes().get(
    '/api/v1/users/:id',
    async ({ caller, params }) => unwrap(await cards.one(caller.actor.memberId, params.id)),
    operation({
      id: 'getMember',
      access: 'member',
      summary: 'Another member',
      description:
        'A member who is hidden, has left, or where either of the two blocked the other is not found.',
      tags: ['members'],
      params: Type.Object({ id: Id('mem') }),
      response: { 200: Card },
      errors: ['not_found'],
    }),
  )
}
