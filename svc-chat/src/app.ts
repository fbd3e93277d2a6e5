import { createServiceApp } from '@accord/kit/http/app'
import { conversationRoutes } from './conversation/routes.ts'
import type { ChatDeps } from './deps.ts'
import { messageRoutes } from './message/routes.ts'
import { receiptRoutes } from './receipt/routes.ts'

/** Chat's public operations as an Elysia app. No I/O happens here. */
export const createApp = (deps: ChatDeps) =>
  createServiceApp({ ...deps, service: 'chat' })
    .use(conversationRoutes(deps))
    .use(messageRoutes(deps))
    .use(receiptRoutes(deps))
