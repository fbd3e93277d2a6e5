import { describe, expect, test } from 'bun:test'
import { actorAssertion } from '@accord/contracts/actor'
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import { createActorSigner, createActorVerifier } from './actor.ts'
import { memberActor } from './fixture/app.sample.ts'

async function keys(): Promise<{ publicJwk: JWK; privateJwk: JWK }> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  return { publicJwk: await exportJWK(publicKey), privateJwk: await exportJWK(privateKey) }
}
const { publicJwk, privateJwk } = await keys()
const start = new Date('2026-03-01T12:00:00Z')
let time = start
const clock = () => time
const actor = memberActor()
const signer = () => createActorSigner({ privateJwk, clock })
const verifier = () => createActorVerifier({ publicJwk, service: 'chat', clock })
const at = (seconds: number) => {
  time = new Date(start.getTime() + seconds * 1000)
}

describe('an assertion', () => {
  test('says who acts, to one service', async () => {
    at(0)
    const assertion = await signer().sign(actor, 'chat')
    expect(await verifier().verify(assertion)).toEqual(actor)
    const other = createActorVerifier({ publicJwk, service: 'match', clock })
    expect(await other.verify(assertion)).toBeNull()
  })
  test('is made once while it is fresh, and anew for anything that changed', async () => {
    at(0)
    const { sign } = signer()
    const first = await sign(actor, 'chat')
    at(30)
    expect(await sign(actor, 'chat')).toBe(first)
    expect(await sign(actor, 'match')).not.toBe(first)
    expect(await sign({ ...actor, authenticatedAt: actor.authenticatedAt + 1 }, 'chat')).not.toBe(first)
    at(45)
    expect(await sign(actor, 'chat')).not.toBe(first)
  })
  test('is worth nothing after it expired, also where it was known', async () => {
    at(0)
    const assertion = await signer().sign(actor, 'chat')
    const known = verifier()
    expect(await known.verify(assertion)).toEqual(actor)
    at(66)
    expect(await known.verify(assertion)).toBeNull()
    expect(await verifier().verify(assertion)).toBeNull()
  })
})

describe('a forged assertion is refused', () => {
  interface Forgery {
    key?: JWK
    alg?: string
    typ?: string
    claims?: Record<string, unknown>
    exp?: number | null
  }
  async function forge({ key = privateJwk, alg = 'EdDSA', typ = actorAssertion.type, claims, exp }: Forgery) {
    const jwt = new SignJWT({
      ...actor,
      sub: actor.memberId,
      iss: actorAssertion.issuer,
      aud: 'chat',
      ...claims,
    }).setProtectedHeader({ alg, typ })
    if (exp !== null) jwt.setExpirationTime(exp ?? start.getTime() / 1000 + 60)
    return jwt.sign(await importJWK(key, alg))
  }
  const symmetric: JWK = { kty: 'oct', k: publicJwk.x ?? '' }

  test('only one with everything right passes', async () => {
    at(0)
    expect(await verifier().verify(await forge({}))).toEqual(actor)
  })
  test.each<[string, () => Promise<Forgery> | Forgery]>([
    ['another key', async () => ({ key: (await keys()).privateJwk })],
    ['the public key as a shared secret', () => ({ key: symmetric, alg: 'HS256' })],
    ['another algorithm', () => ({ key: { kty: 'oct', k: 'A'.repeat(86) }, alg: 'HS512' })],
    ['another type', () => ({ typ: 'JWT' })],
    ['another issuer', () => ({ claims: { iss: 'https://accord.example' } })],
    ['another audience', () => ({ claims: { aud: 'match' } })],
    ['another subject than its member', () => ({ claims: { sub: 'mem_01k9zv8h5ae6wt3q4x7n2m0c1d' } })],
    ['no expiry', () => ({ exp: null })],
    ['an expiry in the past', () => ({ exp: start.getTime() / 1000 - 10 })],
    ['a missing claim', () => ({ claims: { staff: undefined } })],
    ['a claim too many', () => ({ claims: { admin: true } })],
  ])('with %s', async (_, forgery) => {
    at(0)
    expect(await verifier().verify(await forge(await forgery()))).toBeNull()
  })
  test.each(['', 'x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])('when it is no token: %p', async (text) => {
    expect(await verifier().verify(text)).toBeNull()
  })
})
