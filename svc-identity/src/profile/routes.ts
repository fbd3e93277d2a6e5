import { noteWrite } from '@accord/kit/db/read-your-writes'
import { unwrap } from '@accord/kit/error'
import { operation, routes } from '@accord/kit/http/operation'
import type { Deps } from '../deps.ts'
import { createPhotoPresenter } from '../photo/present.ts'
import { getOwnProfile } from './own.ts'
import { parseProfileChange } from './parse-change.ts'
import { OwnProfile, ProfileChange } from './schema.ts'
import { updateOwnProfile } from './update.ts'

export const profileRoutes = (deps: Deps) => {
  const present = createPhotoPresenter(deps)
  return routes()
    .get(
      '/api/v1/users/profile',
      async ({ caller }) => unwrap(await getOwnProfile(deps, present, caller.actor.memberId)),
      operation({
        id: 'getOwnProfile',
        access: 'member',
        summary: 'Own profile',
        description: 'With what is still missing before others can see it.',
        tags: ['profile'],
        response: { 200: OwnProfile },
        errors: ['account_closed'],
      }),
    )
    .patch(
      '/api/v1/users/profile',
      async ({ caller, body }) => {
        const { memberId } = caller.actor
        const profile = unwrap(await updateOwnProfile(deps, present, memberId, parseProfileChange(body)))
        await noteWrite(deps.db, deps.redis, memberId)
        return profile
      },
      operation({
        id: 'updateOwnProfile',
        access: 'member',
        summary: 'Change the own profile',
        description: 'A field that is left out stays as it is; null clears it.',
        tags: ['profile'],
        body: ProfileChange,
        response: { 200: OwnProfile },
        errors: ['account_closed', 'place_unknown'],
      }),
    )
}
