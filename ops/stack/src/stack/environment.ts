import { type ServiceName, serviceNames } from '@accord/contracts/service'
import type { Secrets } from '../secret/store.ts'
import type { Layout } from './layout.ts'
import type { ProcessName, Wiring } from './wiring.ts'

export interface Settings {
  wiring: Wiring
  secrets: Secrets
  layout: Layout
  /** Environment of the person who starts it: some settings are handed on. */
  env: Record<string, string | undefined>
  /** The built web app, where there is one. */
  webFolder: string | null
}

/** Settings that every process of ours takes from whoever starts it, unchanged. */
const handedOn = ['LOG_LEVEL', 'TRACES_URL', 'NODE_ENV', 'REDIS_PREFIX']
const handedOnTo: Record<ProcessName, readonly string[]> = {
  gateway: ['TRUSTED_PROXIES', 'CORS_ORIGINS', 'RATE_LIMIT_SCALE', 'MEDIA_CACHE_BYTES', 'WEB_DIST', 'HOST'],
  identity: ['HASH_CONCURRENCY', 'HASH_QUEUE', 'EVEN_ANSWER_MS'],
  match: [],
  chat: [],
  billing: [],
  notify: ['MAIL_FROM'],
}

/** The whole environment of one of our processes. */
export function environmentOf(process: ProcessName, o: Settings): Record<string, string> {
  return {
    ...baseEnvironment(process, o),
    ...(process === 'gateway' ? gatewayEnvironment(o) : serviceEnvironment(process, o)),
    ...pick(o.env, [...handedOn, ...handedOnTo[process]]),
  }
}

/** What seeding gets: as each service would, under names that end in the service's. */
export function seedEnvironment(o: Settings): Record<string, string> {
  const { wiring, secrets, layout } = o
  const each = (name: string, value: (service: ServiceName) => string) =>
    Object.fromEntries(serviceNames.map((service) => [`${name}_${service.toUpperCase()}`, value(service)]))
  return {
    ...each('DATABASE_URL', (service) => wiring.databases[service].url),
    ...each('KEYRING_FILE', (service) => layout.keyring(service)),
    ...each('NATS_SEED', (service) => secrets.nats[service]),
    NATS_URL: wiring.natsUrl,
    REDIS_URL: wiring.redisUrl,
    PUBLIC_URL: wiring.publicUrl,
    ACTOR_PUBLIC_KEY: secrets.actor.publicKey,
    MEDIA_SIGNING_KEY: secrets.mediaSigningKey,
    DEMO_PASSWORD: secrets.demoPassword,
    ...pick(o.env, handedOn),
  }
}

function baseEnvironment(process: ProcessName, { wiring, secrets, env }: Settings): Record<string, string> {
  return {
    NATS_URL: wiring.natsUrl,
    NATS_SEED: env[`NATS_SEED_${process.toUpperCase()}`] ?? secrets.nats[process],
    REDIS_URL: wiring.redisUrl,
    METRICS_PORT: String(wiring.metrics[process]),
    PUBLIC_URL: wiring.publicUrl,
    ACTOR_PUBLIC_KEY: secrets.actor.publicKey,
  }
}

function gatewayEnvironment({ wiring, secrets, webFolder }: Settings): Record<string, string> {
  return {
    PORT: String(wiring.ports.gateway),
    ACTOR_PRIVATE_KEY: secrets.actor.privateKey,
    MEDIA_SIGNING_KEY: secrets.mediaSigningKey,
    ...(webFolder === null ? {} : { WEB_DIST: webFolder }),
  }
}

function serviceEnvironment(service: ServiceName, o: Settings): Record<string, string> {
  const { url, replicaUrl } = o.wiring.databases[service]
  return {
    DATABASE_URL: url,
    ...(replicaUrl ? { DATABASE_REPLICA_URL: replicaUrl } : {}),
    KEYRING_FILE: o.layout.keyring(service),
    ...ownEnvironment(service, o),
  }
}

/** What one service alone may know. */
function ownEnvironment(service: ServiceName, { wiring, secrets }: Settings): Record<string, string> {
  if (service === 'identity') return { MEDIA_SIGNING_KEY: secrets.mediaSigningKey }
  if (service === 'billing') {
    return {
      STRIPE_API_KEY: wiring.stripe.apiKey,
      STRIPE_WEBHOOK_SECRET: wiring.stripe.webhookSecret,
      ...(wiring.stripe.apiUrl ? { STRIPE_API_URL: wiring.stripe.apiUrl } : {}),
    }
  }
  if (service === 'notify') {
    return {
      SMTP_URL: wiring.smtpUrl,
      MAIL_FROM: 'Accord <no-reply@accord.example>',
      VAPID_PUBLIC_KEY: secrets.vapid.publicKey,
      VAPID_PRIVATE_KEY: secrets.vapid.privateKey,
    }
  }
  return {}
}

function pick(env: Record<string, string | undefined>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}
