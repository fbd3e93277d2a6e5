import { type ServiceName, serviceNames } from '@accord/contracts/service'
import type { Secrets } from '../secret/store.ts'
import type { Ports } from './ports.ts'

/** Which address each part is reached at, and which parts we run ourselves. */
export interface Wiring {
  /** The gateway's address as members see it. */
  publicUrl: string
  natsUrl: string
  redisUrl: string
  smtpUrl: string
  databases: Record<ServiceName, { url: string; replicaUrl: string | null; embedded: boolean }>
  /** No `apiUrl`: Stripe itself. */
  stripe: { apiKey: string; webhookSecret: string; apiUrl: string | null }
  /** Private port of each of our processes, for metrics and readiness. */
  metrics: Record<ProcessName, number>
  embedded: { postgres: boolean; nats: boolean; redis: boolean; mailbox: boolean; stripe: boolean }
  ports: Ports
}

export type ProcessName = ServiceName | 'gateway'
export const processNames: readonly ProcessName[] = [...serviceNames, 'gateway']

type Environment = Record<string, string | undefined>

/**
 * The embedded address of every part, or the one that the environment names instead: `NATS_URL`,
 * `REDIS_URL`, `SMTP_URL`, `DATABASE_URL_IDENTITY` …, `STRIPE_API_KEY`, `PUBLIC_URL`.
 */
export function wire(
  ports: Ports,
  metrics: Record<ProcessName, number>,
  secrets: Secrets,
  env: Environment,
): Wiring {
  const databases = Object.fromEntries(
    serviceNames.map((service) => {
      const given = env[`DATABASE_URL_${service.toUpperCase()}`]
      const embedded = `postgres://accord_${service}:${secrets.database(service)}@127.0.0.1:${ports.postgres}/accord_${service}`
      return [
        service,
        {
          url: given ?? embedded,
          replicaUrl: env[`DATABASE_REPLICA_URL_${service.toUpperCase()}`] ?? null,
          embedded: given === undefined,
        },
      ]
    }),
  ) as Wiring['databases']
  return {
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${ports.gateway}`,
    natsUrl: env.NATS_URL ?? `nats://127.0.0.1:${ports.nats}`,
    redisUrl: env.REDIS_URL ?? `redis://:${secrets.redis}@127.0.0.1:${ports.redis}/0`,
    smtpUrl: env.SMTP_URL ?? `smtp://127.0.0.1:${ports.smtp}`,
    databases,
    stripe: env.STRIPE_API_KEY
      ? {
          apiKey: env.STRIPE_API_KEY,
          webhookSecret: env.STRIPE_WEBHOOK_SECRET ?? '',
          apiUrl: env.STRIPE_API_URL ?? null,
        }
      : { ...secrets.stripe, apiUrl: `http://127.0.0.1:${ports.checkout}` },
    metrics,
    embedded: {
      postgres: Object.values(databases).some((database) => database.embedded),
      nats: env.NATS_URL === undefined,
      redis: env.REDIS_URL === undefined,
      mailbox: env.SMTP_URL === undefined,
      stripe: env.STRIPE_API_KEY === undefined,
    },
    ports,
  }
}
