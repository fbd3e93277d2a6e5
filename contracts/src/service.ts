/** The services, and what belongs to each: its public path prefixes and its event stream (null: emits none). */
export const services = {
  identity: {
    prefixes: ['/api/v1/auth', '/api/v1/users', '/api/v1/places', '/.well-known/jwks.json'],
    stream: 'IDENTITY',
  },
  match: { prefixes: ['/api/v1/matches'], stream: 'MATCH' },
  chat: { prefixes: ['/api/v1/conversations'], stream: 'CHAT' },
  billing: { prefixes: ['/api/v1/billing'], stream: 'BILLING' },
  notify: { prefixes: ['/api/v1/notifications'], stream: null },
} as const satisfies Record<string, { prefixes: readonly string[]; stream: string | null }>

export type ServiceName = keyof typeof services
export const serviceNames = Object.keys(services) as ServiceName[]

/** A process that connects to NATS under an identity of its own. */
export type NatsUser = ServiceName | 'gateway' | 'operator' | 'provisioner'

/** The service that owns a public path, or null. A prefix owns itself and everything below it. */
export function serviceOfPath(path: string): ServiceName | null {
  for (const name of serviceNames) {
    if (services[name].prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)))
      return name
  }
  return null
}
