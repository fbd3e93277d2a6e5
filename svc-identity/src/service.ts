import type { Databases } from '@accord/kit/db/database'
import type { ServiceBase, ServiceParts } from '@accord/kit/service'
import { createApp } from './app.ts'
import { cardAnswer } from './card/answer.ts'
import type { Config } from './config.ts'
import { createPasswordHasher } from './credential/password-hash.ts'
import { createThrottle } from './credential/throttle.ts'
import type { Database } from './db.ts'
import type { Deps } from './deps.ts'
import { mailAnswers } from './mail/answers.ts'
import { sweepMedia } from './photo/leftover.ts'
import { createMediaStore } from './photo/media-store.ts'
import { repeat } from './repeat.ts'
import { removeExpired } from './retention.ts'
import { createAccessTokens } from './signing-key/access-tokens.ts'
import { keepEveryMs, keepSigningKeys } from './signing-key/keep.ts'
import { snapshotAnswer } from './snapshot/answer.ts'

type Base = ServiceBase & { db: Databases<Database> }

const minute = 60_000

/** Identity on what kit gives every service. Returns once it can sign tokens. */
export async function createIdentity(base: Base, config: Config): Promise<ServiceParts> {
  const deps = createDeps(base, config)
  // Published anew by every start: the bucket may have been lost, the keys were not.
  await keepSigningKeys(deps, { republish: true })
  const media = createMediaStore(base.nats)
  const jobs = [
    repeat({ name: 'signing keys', everyMs: keepEveryMs, run: () => keepSigningKeys(deps) }, base.log),
    repeat({ name: 'retention', everyMs: 10 * minute, run: () => removeExpired(deps) }, base.log),
    repeat({ name: 'media', everyMs: 10 * minute, run: () => sweepMedia({ ...deps, media }) }, base.log),
  ]
  return {
    app: createApp({ ...deps, actorKey: base.actorKey }),
    answers: [...mailAnswers(deps), cardAnswer(deps), snapshotAnswer(deps)],
    stop: async () => {
      await Promise.all(jobs.map((job) => job.stop()))
    },
  }
}

/** What the use cases need; also for programs that call them without serving. */
export function createDeps(base: Base, config: Config): Deps {
  const { redis, clock, log } = base
  return {
    ...base,
    config,
    passwords: createPasswordHasher({ concurrency: config.HASH_CONCURRENCY, queue: config.HASH_QUEUE }),
    throttle: createThrottle({ redis, clock, log }),
    accessTokens: createAccessTokens(clock),
  }
}
