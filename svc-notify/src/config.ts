import { BaseConfig, readConfig } from '@accord/kit/config'
import { type Static, Type } from '@sinclair/typebox'

export const Config = Type.Composite([
  BaseConfig,
  Type.Object({
    DATABASE_URL: Type.String({ minLength: 1 }),
    DATABASE_REPLICA_URL: Type.Optional(Type.String()),
    SMTP_URL: Type.String({ pattern: '^smtps?://', description: 'smtp://user:password@host:port' }),
    MAIL_FROM: Type.String({ default: 'Accord <no-reply@accord.example>' }),
  }),
])
export type Config = Static<typeof Config>

export const config = () => readConfig(Config)

/** What notify itself is configured with, beside what every service needs. */
export type NotifyConfig = Pick<Config, 'PUBLIC_URL' | 'SMTP_URL' | 'MAIL_FROM'>
