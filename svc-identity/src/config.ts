import { readConfig, ServiceConfig } from '@accord/kit/config'
import { type Static, Type } from '@sinclair/typebox'

/** What identity reads from its environment, beyond what every service does. */
export const Config = Type.Composite([
  ServiceConfig,
  Type.Object({
    MEDIA_SIGNING_KEY: Type.String({
      minLength: 43,
      description: 'Base64url of 32 bytes; the gateway checks with it what identity signs.',
    }),
    HASH_CONCURRENCY: Type.Integer({
      minimum: 1,
      maximum: 64,
      default: 2,
      description: 'Password hashes at the same time; each takes about 50 ms of one core and 19 MiB.',
    }),
    HASH_QUEUE: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 128,
      description: 'Password hashes that may wait; the next is refused as unavailable.',
    }),
    EVEN_ANSWER_MS: Type.Integer({
      minimum: 0,
      maximum: 5_000,
      default: 200,
      description:
        'Answers that must not tell whether an address is known leave at multiples of this; 0: at once.',
    }),
  }),
])
export type Config = Static<typeof Config>

export const loadConfig = (env?: Record<string, string | undefined>): Config => readConfig(Config, env)
