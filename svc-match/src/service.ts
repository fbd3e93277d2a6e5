import type { Databases } from '@accord/kit/db/database'
import type { ServiceBase, ServiceParts } from '@accord/kit/service'
import { createApp } from './app.ts'
import { blockAnswer } from './block/answer.ts'
import { memberConsumer } from './candidate/consumer.ts'
import type { Database } from './db.ts'
import { matchAnswer } from './match/answer.ts'

export const migrations = import.meta.resolve('../migrations')

/** What match consists of. */
export function createParts(deps: ServiceBase & { db: Databases<Database> }): ServiceParts {
  return {
    app: createApp(deps),
    answers: [matchAnswer(deps), blockAnswer(deps)],
    consumers: [memberConsumer(deps)],
  }
}
