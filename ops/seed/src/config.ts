import { readConfig, ServiceConfig } from '@accord/kit/config'
import { type Static, Type } from '@sinclair/typebox'

const { DATABASE_URL, NATS_SEED, NATS_URL, LOG_LEVEL } = ServiceConfig.properties

/** Seeding writes to the databases of two services, under their own names: it gets what each of them gets. */
const Config = Type.Object({
  DATABASE_URL_IDENTITY: DATABASE_URL,
  DATABASE_URL_MATCH: DATABASE_URL,
  KEYRING_FILE_IDENTITY: Type.String({
    minLength: 1,
    description: 'File of identity’s key-encryption keys.',
  }),
  NATS_URL,
  NATS_SEED_IDENTITY: NATS_SEED,
  DEMO_PASSWORD: Type.String({ minLength: 10, description: 'What every demo member signs in with.' }),
  LOG_LEVEL,
})
export type Config = Static<typeof Config>

export const loadConfig = (env?: Record<string, string | undefined>): Config => readConfig(Config, env)
