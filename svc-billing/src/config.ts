import { BaseConfig, readConfig } from '@accord/kit/config'
import { type Static, Type } from '@sinclair/typebox'

export const Config = Type.Composite([
  BaseConfig,
  Type.Object({
    DATABASE_URL: Type.String({ minLength: 1 }),
    DATABASE_REPLICA_URL: Type.Optional(Type.String()),
    STRIPE_API_KEY: Type.String({ minLength: 8, description: 'Secret key of the Stripe account.' }),
    STRIPE_WEBHOOK_SECRET: Type.String({
      minLength: 8,
      description: 'Signing secret of the webhook endpoint.',
    }),
    STRIPE_API_URL: Type.Optional(
      Type.String({ description: 'Another address than Stripe’s own: the sandbox.' }),
    ),
  }),
])
export type Config = Static<typeof Config>

export const config = () => readConfig(Config)

/** What billing itself is configured with, beside what every service needs. */
export type BillingConfig = Pick<
  Config,
  'PUBLIC_URL' | 'STRIPE_API_KEY' | 'STRIPE_WEBHOOK_SECRET' | 'STRIPE_API_URL'
>
