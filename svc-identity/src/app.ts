import type { ActorVerifier } from '@accord/kit/actor'
import { createServiceApp } from '@accord/kit/http/app'
import { accountRoutes } from './account/routes.ts'
import { accountDataRoutes } from './account-data/routes.ts'
import { blockRoutes } from './block/routes.ts'
import { cardRoutes } from './card/routes.ts'
import { consentRoutes } from './consent/routes.ts'
import { credentialRoutes } from './credential/routes.ts'
import type { Deps } from './deps.ts'
import { deviceRoutes } from './device/routes.ts'
import { photoRoutes } from './photo/routes.ts'
import { placeRoutes } from './place/routes.ts'
import { profileRoutes } from './profile/routes.ts'
import { reportRoutes } from './report/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { signInRoutes } from './session/sign-in-routes.ts'
import { signingKeyRoutes } from './signing-key/routes.ts'
import { totpRoutes } from './totp/routes.ts'

/** Identity's public operations as an Elysia app. No I/O happens here. */
export const createApp = (deps: Deps & { actorKey: ActorVerifier }) =>
  createServiceApp({ service: 'identity', clock: deps.clock, log: deps.log, actorKey: deps.actorKey })
    .use(accountRoutes(deps))
    .use(signInRoutes(deps))
    .use(sessionRoutes(deps))
    .use(credentialRoutes(deps))
    .use(totpRoutes(deps))
    .use(deviceRoutes(deps))
    .use(signingKeyRoutes(deps))
    .use(profileRoutes(deps))
    .use(photoRoutes(deps))
    .use(placeRoutes())
    .use(blockRoutes(deps))
    .use(reportRoutes(deps))
    .use(consentRoutes(deps))
    .use(accountDataRoutes(deps))
    // Last: GET users/:id stands beside the fixed names above.
    .use(cardRoutes(deps))
