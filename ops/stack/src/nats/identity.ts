import { type NatsUser, serviceNames } from '@accord/contracts/service'
import { createUser, fromSeed } from '@nats-io/nkeys'

/** Everybody who signs in to NATS: the processes, the operator, and the surveyor in the system account. */
export type NatsIdentity = NatsUser | 'surveyor'

export const natsIdentities: readonly NatsIdentity[] = [
  ...serviceNames,
  'gateway',
  'provisioner',
  'operator',
  'surveyor',
]

export type NatsSeeds = Record<NatsIdentity, string>

/** A new nkey seed. */
export function newSeed(): string {
  return new TextDecoder().decode(createUser().getSeed())
}

/** A new seed for every identity. */
export function generateSeeds(): NatsSeeds {
  return Object.fromEntries(natsIdentities.map((name) => [name, newSeed()])) as NatsSeeds
}

/** The public key that belongs to a seed: all that the server ever learns of an identity. */
export function publicKeyOf(seed: string): string {
  return fromSeed(new TextEncoder().encode(seed)).getPublicKey()
}
