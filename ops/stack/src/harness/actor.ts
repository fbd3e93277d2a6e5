import type { Actor } from '@accord/contracts/actor'
import { newId } from '@accord/contracts/id'
import type { ServiceName } from '@accord/contracts/service'
import { createActorSigner } from '@accord/kit/actor'
import { type Clock, systemClock } from '@accord/kit/clock'
import { generateKeyPair } from '../secret/key.ts'

export interface TestActorKeys {
  /** What a service gets as ACTOR_PUBLIC_KEY. */
  publicKey: string
  /** What the gateway gets as ACTOR_PRIVATE_KEY. */
  privateKey: string
  /** The assertion that the gateway would send to this service. */
  assert(actor: Actor, service: ServiceName): Promise<string>
}

/** A member who has just signed in; anything can be otherwise. */
export function testActor(partial: Partial<Actor> = {}): Actor {
  return {
    memberId: newId('mem'),
    sessionId: newId('ses'),
    role: 'benefactor',
    authenticatedAt: Math.floor(Date.now() / 1000),
    staff: false,
    mode: 'token',
    ...partial,
  }
}

/** A key pair for actor assertions, and a signer with it. */
export function testActorKeys(clock: Clock = systemClock): TestActorKeys {
  const { publicKey, privateKey } = generateKeyPair()
  const signer = createActorSigner({ privateJwk: JSON.parse(privateKey), clock })
  return { publicKey, privateKey, assert: (actor, service) => signer.sign(actor, service) }
}
