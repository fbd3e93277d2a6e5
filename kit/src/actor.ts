import { Actor, actorAssertion } from '@accord/contracts/actor'
import type { ServiceName } from '@accord/contracts/service'
import { jwt } from '@elysiajs/jwt'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { JWK } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Clock } from './clock.ts'

const rememberedAssertions = 10_000
/** Clocks of two machines may differ by this much. */
const toleranceSeconds = 5
/** A reused assertion has at least this long to live, so that it does not expire under way. */
const reuseMarginSeconds = 20

export interface ActorSigner {
  /** An assertion of this actor that only `service` accepts; the same one again while it is fresh. */
  sign(actor: Actor, service: ServiceName): Promise<string>
}

export interface ActorVerifier {
  /** The asserted actor, or null when anything about the assertion is not as it must be. */
  verify(assertion: string): Promise<Actor | null>
}

/** Makes actor assertions with the gateway's private key (Ed25519 JWK). They live for 60 s. */
export function createActorSigner(options: { privateJwk: JWK; clock: Clock }): ActorSigner {
  const { sign } = jwtOf(options.privateJwk)
  const fresh = new LRUCache<string, { assertion: Promise<string>; until: number }>({
    max: rememberedAssertions,
  })
  return {
    sign(actor, service) {
      const key = `${service} ${actor.sessionId} ${actor.authenticatedAt} ${actor.staff} ${actor.role} ${actor.mode}`
      const now = seconds(options.clock)
      const known = fresh.get(key)
      if (known && known.until > now) return known.assertion
      const exp = now + actorAssertion.lifetimeSeconds
      const assertion = sign({
        ...actor,
        iss: actorAssertion.issuer,
        sub: actor.memberId,
        aud: service,
        exp,
        iat: false,
      })
      fresh.set(key, { assertion, until: exp - reuseMarginSeconds })
      assertion.catch(() => fresh.delete(key))
      return assertion
    },
  }
}

/**
 * Checks actor assertions for one service. Algorithm, type, issuer, audience and expiry are passed on every
 * call: @elysiajs/jwt enforces none of what it was configured with. An assertion is verified once and then
 * remembered, in a bounded LRU, until it expires.
 */
export function createActorVerifier(options: {
  publicJwk: JWK
  service: ServiceName
  clock: Clock
}): ActorVerifier {
  const { verify } = jwtOf(options.publicJwk)
  const verified = new LRUCache<string, { actor: Actor; exp: number }>({ max: rememberedAssertions })
  return {
    async verify(assertion) {
      const now = seconds(options.clock)
      const known = verified.get(assertion)
      if (known) return known.exp + toleranceSeconds > now ? known.actor : null
      const claims = await verify(assertion, {
        algorithms: [actorAssertion.algorithm],
        typ: actorAssertion.type,
        issuer: actorAssertion.issuer,
        audience: options.service,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: toleranceSeconds,
        currentDate: options.clock(),
      })
      if (claims === false) return null
      const { iss: _iss, sub, aud: _aud, exp, ...actor } = claims
      if (!isActor.Check(actor) || sub !== actor.memberId || typeof exp !== 'number') return null
      verified.set(assertion, { actor, exp })
      return actor
    },
  }
}

const isActor = TypeCompiler.Compile(Actor)

function jwtOf(key: JWK) {
  return jwt({
    name: 'assertion',
    secret: { ...key, alg: actorAssertion.algorithm },
    alg: actorAssertion.algorithm,
    typ: actorAssertion.type,
  }).decorator.assertion
}

function seconds(clock: Clock): number {
  return Math.floor(clock().getTime() / 1000)
}
