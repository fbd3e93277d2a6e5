import { FormatRegistry, type Static, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { logLevels } from './log.ts'

/** Not `url`: Elysia registers that name too, for web addresses only, and whoever is loaded first wins. */
const address = 'accord-address'
if (!FormatRegistry.Has(address)) FormatRegistry.Set(address, (text) => URL.canParse(text))
const publicJwk = 'accord-ed25519-public-jwk'
if (!FormatRegistry.Has(publicJwk)) FormatRegistry.Set(publicJwk, isPublicJwk)

/** Thrown by `readConfig`; its message lists everything that is wrong with the environment. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** What every process of Accord reads from its environment. */
export const BaseConfig = Type.Object({
  NATS_URL: Type.String({ format: address, description: 'Address of NATS.' }),
  NATS_SEED: Type.String({ minLength: 1, description: 'Nkey seed of this process’s NATS user.' }),
  REDIS_URL: Type.String({ format: address, description: 'Address of Redis.' }),
  REDIS_PREFIX: Type.String({ default: 'accord:', description: 'Prefix of every key in Redis.' }),
  METRICS_PORT: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 0,
    description: 'Private port of /metrics, /healthz and /readyz on loopback; 0 takes a free one.',
  }),
  METRICS_HOST: Type.String({ default: '127.0.0.1', description: 'Address that the private port binds to.' }),
  LOG_LEVEL: Type.Union(
    logLevels.map((level) => Type.Literal(level)),
    { default: 'info' },
  ),
  TRACES_URL: Type.Optional(
    Type.String({ format: address, description: 'OTLP over HTTP, or Zipkin when it ends in /api/v2/spans.' }),
  ),
  ACTOR_PUBLIC_KEY: Type.String({ format: publicJwk, description: 'Of the gateway, as JSON.' }),
  KEYRING_FILE: Type.String({ minLength: 1, description: 'File of this process’s key-encryption keys.' }),
  PUBLIC_URL: Type.String({ format: address, description: 'Address of the gateway as members see it.' }),
})
export type BaseConfig = Static<typeof BaseConfig>

/** BaseConfig and the database of a service. */
export const ServiceConfig = Type.Composite([
  BaseConfig,
  Type.Object({
    DATABASE_URL: Type.String({ format: address, description: 'The service’s own database.' }),
    DATABASE_REPLICA_URL: Type.Optional(
      Type.String({
        format: address,
        description: 'A read replica of it; reads use the primary without one.',
      }),
    ),
  }),
])
export type ServiceConfig = Static<typeof ServiceConfig>

/**
 * The environment as `schema` describes it: numbers and booleans converted, defaults filled in, an empty
 * value taken as none. Only `config.ts` of a service calls this.
 * Throws one ConfigError that lists everything missing or wrong, and shows no value.
 */
export function readConfig<T extends TObject>(
  schema: T,
  env: Record<string, string | undefined> = process.env,
): Static<T> {
  const given: Record<string, unknown> = {}
  for (const key of Object.keys(schema.properties)) {
    if (env[key] !== undefined && env[key] !== '') given[key] = env[key]
  }
  const value = Value.Convert(schema, Value.Default(schema, given))
  const wrong = new Map<string, string>()
  for (const error of Value.Errors(schema, value)) {
    const key = error.path.split('/')[1] ?? ''
    if (!wrong.has(key)) wrong.set(key, describe(key, schema.properties[key], given[key] !== undefined))
  }
  if (wrong.size === 0) return value as Static<T>
  throw new ConfigError(`The environment is not complete:\n${[...wrong.values()].join('\n')}`)
}

/** Source: RFC 8037. A private key has no business here, and is refused. */
function isPublicJwk(text: string): boolean {
  try {
    const { kty, crv, x, d } = JSON.parse(text)
    return kty === 'OKP' && crv === 'Ed25519' && /^[\w-]{43}$/.test(x) && d === undefined
  } catch {
    return false
  }
}

function describe(key: string, schema: TSchema | undefined, isSet: boolean): string {
  const said = schema?.description ? ` ${schema.description}` : ''
  return isSet
    ? `  ${key} is not valid: expected ${expectedOf(schema)}.${said}`
    : `  ${key} is missing.${said}`
}

function expectedOf(schema: TSchema | undefined): string {
  if (schema?.format === address) return 'a URL'
  if (schema?.format === publicJwk) return 'an Ed25519 public key as JWK'
  if (Array.isArray(schema?.anyOf)) {
    return `one of ${schema.anyOf.map((option: { const?: unknown }) => String(option.const)).join(', ')}`
  }
  if (schema?.type === 'integer') {
    const { minimum, maximum } = schema
    return `a whole number${minimum === undefined ? '' : ` from ${minimum}`}${maximum === undefined ? '' : ` to ${maximum}`}`
  }
  if (schema?.pattern !== undefined) return `text of the form ${String(schema.pattern)}`
  return `a ${String(schema?.type ?? 'value')}`
}
