import { BaseConfig, readConfig } from '@accord/kit/config'
import { type Static, Type } from '@sinclair/typebox'

/** Everything the gateway reads from the environment. */
export const GatewayConfig = Type.Composite([
  Type.Omit(BaseConfig, ['ACTOR_PUBLIC_KEY', 'KEYRING_FILE']),
  Type.Object({
    NODE_ENV: Type.String({ default: 'development' }),
    HOST: Type.String({ default: '127.0.0.1' }),
    PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 8080 }),
    ACTOR_PRIVATE_KEY: Type.String({ description: 'Ed25519 private key as a JWK.' }),
    MEDIA_SIGNING_KEY: Type.String({ minLength: 43, description: '32 bytes, base64url.' }),
    WEB_DIST: Type.Optional(Type.String({ description: 'Folder of the built web app.' })),
    /** Addresses or CIDR blocks, by comma, whose X-Forwarded-For is believed. */
    TRUSTED_PROXIES: Type.String({ default: '' }),
    /** Origins, by comma, of other sites whose scripts may call the API with tokens. */
    CORS_ORIGINS: Type.String({ default: '' }),
    /** Multiplies every rate limit: load tests run with one address. */
    RATE_LIMIT_SCALE: Type.Number({ exclusiveMinimum: 0, default: 1 }),
    MEDIA_CACHE_BYTES: Type.Integer({ minimum: 0, default: 64 * 1024 * 1024 }),
  }),
])
export type GatewayConfig = Static<typeof GatewayConfig>

/** Reads the environment. Throws a ConfigError that lists everything wrong. */
export function gatewayConfig(env?: Record<string, string | undefined>): GatewayConfig {
  const config = readConfig(GatewayConfig, env)
  refusePlainPublicAddress(config)
  return config
}

/** Members' cookies are Secure: in production, over plain http, nobody but a loopback browser could sign in. */
function refusePlainPublicAddress(config: GatewayConfig): void {
  const { protocol, hostname } = new URL(config.PUBLIC_URL)
  if (config.NODE_ENV !== 'production' || protocol === 'https:' || loopbackHosts.has(hostname)) return
  throw new Error(`PUBLIC_URL: must be an https address in production, not ${protocol}//${hostname}`)
}

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The origins our own pages may have: on loopback, a browser can use either name. */
export function ownOrigins(publicUrl: string): ReadonlySet<string> {
  const url = new URL(publicUrl)
  const hosts = loopbackHosts.has(url.hostname) ? [...loopbackHosts] : [url.hostname]
  const port = url.port === '' ? '' : `:${url.port}`
  return new Set(hosts.map((host) => `${url.protocol}//${host}${port}`))
}

/** Splits a list in the environment. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
