import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { serviceNames } from '@accord/contracts/service'
import { generateKeyring } from '@accord/kit/crypto/keyring'
import { type NatsIdentity, type NatsSeeds, natsIdentities, newSeed } from '../nats/identity.ts'
import type { Layout } from '../stack/layout.ts'
import { generateKeyPair, generateVapidKeys, randomSecret } from './key.ts'

/** Every secret of one machine's Accord. Made at the first start; no default exists anywhere. */
export interface Secrets {
  postgresAdmin: string
  /** Password of a service's database role. */
  database(service: string): string
  redis: string
  nats: NatsSeeds
  natsFile(identity: NatsIdentity): string
  actor: { publicKey: string; privateKey: string }
  mediaSigningKey: string
  stripe: { apiKey: string; webhookSecret: string }
  vapid: { publicKey: string; privateKey: string }
  /** What every demo member signs in with. */
  demoPassword: string
}

/** Reads the secrets, making those that are not there yet. Files are readable by their owner alone. */
export function openSecrets(layout: Layout): Secrets {
  const keep = (name: string, make: () => string) => readOrMake(layout.secret(name), make)
  const keepObject = <T>(name: string, make: () => T): T =>
    JSON.parse(keep(name, () => `${JSON.stringify(make())}\n`)) as T
  for (const service of serviceNames) readOrMake(layout.keyring(service), generateKeyring)
  const natsName = (identity: NatsIdentity) => `nats-${identity}.nk`
  return {
    postgresAdmin: keep('postgres-admin', randomSecret),
    database: (service) => keep(`postgres-${service}`, randomSecret),
    redis: keep('redis', randomSecret),
    nats: Object.fromEntries(
      natsIdentities.map((identity) => [identity, keep(natsName(identity), newSeed)]),
    ) as NatsSeeds,
    natsFile: (identity) => layout.secret(natsName(identity)),
    actor: keepObject('actor-key.json', generateKeyPair),
    mediaSigningKey: keep('media-signing-key', () => randomSecret(32)),
    stripe: keepObject('stripe.json', () => ({
      apiKey: `sk_test_${randomSecret(24).replaceAll(/[-_]/g, '0')}`,
      webhookSecret: `whsec_${randomSecret(24).replaceAll(/[-_]/g, '0')}`,
    })),
    vapid: keepObject('vapid.json', generateVapidKeys),
    demoPassword: keep('demo-password', () => `demo-${randomSecret(9)}`),
  }
}

/** Written under another name first: a start that is cut off leaves no half secret. */
function readOrMake(file: string, make: () => string): string {
  if (!existsSync(file)) {
    const half = `${file}.${process.pid}`
    writeFileSync(half, make(), { mode: 0o600, flush: true })
    chmodSync(half, 0o600)
    renameSync(half, file)
  }
  return readFileSync(file, 'utf8').trim()
}
