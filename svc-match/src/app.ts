import type { ActorVerifier } from '@accord/kit/actor'
import { createServiceApp } from '@accord/kit/http/app'
import { decisionRoutes } from './decision/routes.ts'
import { deckRoutes } from './deck/routes.ts'
import type { Deps } from './deps.ts'
import { likeRoutes } from './like/routes.ts'
import { matchRoutes } from './match/routes.ts'
import { preferenceRoutes } from './preference/routes.ts'

/** Match's public operations as an Elysia app. No I/O happens here. */
export const createApp = (deps: Deps & { actorKey: ActorVerifier }) =>
  createServiceApp({ service: 'match', clock: deps.clock, log: deps.log, actorKey: deps.actorKey })
    .use(preferenceRoutes(deps))
    .use(deckRoutes(deps))
    .use(decisionRoutes(deps))
    .use(likeRoutes(deps))
    .use(matchRoutes(deps))
