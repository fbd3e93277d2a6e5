import { unwrap } from '@accord/kit/error'
import { NoContent, operation, routes } from '@accord/kit/http/operation'
import type { Deps } from '../deps.ts'
import { createMediaStore } from '../photo/media-store.ts'
import { createPhotoPresenter } from '../photo/present.ts'
import { deleteAccount } from './delete.ts'
import { DataExport, exportData } from './export.ts'

export const accountDataRoutes = (deps: Deps) => {
  const present = createPhotoPresenter(deps)
  const media = createMediaStore(deps.nats)
  return routes()
    .get(
      '/api/v1/users/export',
      async ({ caller, set }) => {
        // A shared browser keeps no copy.
        set.headers['cache-control'] = 'no-store'
        return unwrap(await exportData(deps, present, caller.actor.memberId))
      },
      operation({
        id: 'exportData',
        access: 'step-up',
        rate: 'heavy',
        summary: 'All my data',
        description:
          'Account, profile, consents, sessions, devices, blocks and reports as one JSON document. Links to photos ' +
          'work until the end of tomorrow (UTC).',
        tags: ['privacy'],
        response: { 200: DataExport },
        errors: ['account_closed'],
      }),
    )
    .delete(
      '/api/v1/users/account',
      async ({ caller }) => {
        await deleteAccount({ ...deps, media }, caller.actor.memberId)
      },
      operation({
        id: 'deleteAccount',
        access: 'step-up',
        summary: 'Close the account for good',
        description: 'Profile, photos, matches and messages go; every session ends. This cannot be undone.',
        tags: ['privacy'],
        response: { 204: NoContent },
      }),
    )
}
