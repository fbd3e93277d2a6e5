import { noteWrite, replicaFor } from '@accord/kit/db/read-your-writes'
import { unwrap } from '@accord/kit/error'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { Consents, readConsents } from './read.ts'
import { ConsentsGiven } from './rules.ts'
import { updateConsents } from './update.ts'

export const consentRoutes = (deps: Deps) =>
  routes()
    .get(
      '/api/v1/users/consents',
      async ({ caller }) => {
        const { memberId } = caller.actor
        return readConsents(await replicaFor(deps.db, deps.redis, memberId), memberId)
      },
      operation({
        id: 'getConsents',
        access: 'member',
        summary: 'What I have agreed to',
        tags: ['privacy'],
        response: { 200: Consents },
      }),
    )
    .put(
      '/api/v1/users/consents',
      async ({ caller, body }) => {
        const { memberId } = caller.actor
        const consents = unwrap(await updateConsents(deps, memberId, body))
        await noteWrite(deps.db, deps.redis, memberId)
        return consents
      },
      operation({
        id: 'updateConsents',
        access: 'member',
        summary: 'Agree, or take a consent back',
        description: 'What is left out stays. Required consents end with the account only.',
        tags: ['privacy'],
        body: Type.Partial(ConsentsGiven, { additionalProperties: false, minProperties: 1 }),
        response: { 200: Consents },
        errors: ['consent_required', 'account_closed'],
      }),
    )
