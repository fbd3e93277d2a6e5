import { replicaFor } from '@accord/kit/db/read-your-writes'
import { AppError, unwrap } from '@accord/kit/error'
import { operation, routes } from '@accord/kit/http/operation'
import type { Deps } from '../deps.ts'
import { parsePreferences } from './parse.ts'
import { Preferences } from './schema.ts'
import { setPreferences } from './set.ts'
import { findPreferences } from './store.ts'

export const preferenceRoutes = (deps: Deps) =>
  routes()
    .get(
      '/api/v1/matches/preferences',
      async ({ caller }) => {
        const { memberId } = caller.actor
        const found = await findPreferences(await replicaFor(deps.db, deps.redis, memberId), memberId)
        if (!found) throw new AppError('not_found', { detail: 'No preferences have been set yet.' })
        return found
      },
      operation({
        id: 'getPreferences',
        access: 'member',
        summary: 'Whom I am looking for',
        tags: ['matches'],
        response: { 200: Preferences },
        errors: ['not_found'],
      }),
    )
    .put(
      '/api/v1/matches/preferences',
      async ({ caller, body }) =>
        unwrap(await setPreferences(deps, caller.actor.memberId, parsePreferences(body))),
      operation({
        id: 'setPreferences',
        access: 'member',
        summary: 'Say whom I am looking for',
        description: 'Replaces all of it. Needed, with a complete profile, before the first deck.',
        tags: ['matches'],
        body: Preferences,
        response: { 200: Preferences },
        errors: ['account_closed'],
      }),
    )
