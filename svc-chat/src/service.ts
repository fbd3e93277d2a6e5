import type { ServiceParts } from '@accord/kit/service'
import { chatAnswers } from './answers.ts'
import { createApp } from './app.ts'
import { chatConsumers } from './conversation/consumers.ts'
import type { ChatDeps } from './deps.ts'

/** Everything chat serves, put together on what the process gives it. */
export const chatParts = (deps: ChatDeps): ServiceParts => ({
  app: createApp(deps),
  answers: chatAnswers(deps),
  consumers: chatConsumers(deps),
})
