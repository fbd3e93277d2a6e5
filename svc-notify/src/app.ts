import { createServiceApp } from '@accord/kit/http/app'
import type { Deps } from './deps.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { preferenceRoutes } from './preference/routes.ts'

/** Notify's HTTP interface. */
export function createApp(deps: Deps) {
  return createServiceApp({ ...deps, service: 'notify' })
    .use(inboxRoutes(deps))
    .use(preferenceRoutes(deps))
}
