import { accessToken } from '@accord/contracts/actor'
import { kvBuckets } from '@accord/contracts/stream'
import { enqueueKv } from '@accord/kit/outbox/enqueue'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { sealedPrivateKey } from './sealed.ts'
import {
  deleteSigningKey,
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  moveSigningKey,
  type SigningKey,
} from './store.ts'
import type { PublicKey, SigningKeyState } from './tables.ts'

/** The entry of the bucket `jwks` that holds the key set. */
export const jwksEntry = 'current'

const day = 24 * 60 * 60_000
export const rotation = {
  /** How long one key signs. */
  signsForMs: 30 * day,
  /** How long before its first signature a key is published: caches of the key set are younger than this. */
  publishedAheadMs: 2 * day,
  /** How long a key stays published after its last signature: longer than what it signed lives. */
  keptMs: 6 * accessToken.lifetimeSeconds * 1000,
} as const

/**
 * Brings the signing keys to where they must be at this time, and gives them: makes the first, publishes the
 * next ahead, makes it current, retires the old, removes the retired. Safe to run anywhere, any number of times.
 * The key set goes out with the same transaction when it has changed, or when `republish` asks for it.
 */
export async function rotateSigningKeys(
  deps: Pick<Deps, 'db' | 'envelope' | 'clock'>,
  options: { republish?: boolean } = {},
): Promise<SigningKey[]> {
  return deps.db.primary.transaction().execute(async (trx) => {
    await lockSigningKeys(trx)
    const before = await listSigningKeys(trx)
    const now = deps.clock()
    await removeRetired(trx, before, now)
    await takeTurns(trx, deps, before, now)
    const after = await listSigningKeys(trx)
    if (options.republish || kids(after) !== kids(before)) {
      await enqueueKv(trx, kvBuckets.jwks, jwksEntry, keySetOf(after))
    }
    return after
  })
}

/** The public keys as a JWK Set (RFC 7517). */
export function keySetOf(keys: readonly SigningKey[]): { keys: PublicKey[] } {
  return { keys: keys.map((key) => key.public_jwk) }
}

async function removeRetired(trx: Transaction<Database>, keys: SigningKey[], now: Date): Promise<void> {
  for (const key of keys) {
    if (key.state === 'retired' && ageOf(key, now) >= rotation.keptMs) await deleteSigningKey(trx, key.kid)
  }
}

async function takeTurns(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'envelope'>,
  keys: SigningKey[],
  now: Date,
): Promise<void> {
  const current = keys.find((key) => key.state === 'current')
  let next = keys.find((key) => key.state === 'next')
  if (!current) {
    await makeKey(trx, deps, 'current', now)
    return
  }
  if (!next && ageOf(current, now) >= rotation.signsForMs - rotation.publishedAheadMs) {
    next = await makeKey(trx, deps, 'next', now)
  }
  const isDue = ageOf(current, now) >= rotation.signsForMs
  // After a long sleep the next key may be new itself: it still waits until the caches know it.
  if (next && isDue && ageOf(next, now) >= rotation.publishedAheadMs) {
    await moveSigningKey(trx, current.kid, 'retired', now)
    await moveSigningKey(trx, next.kid, 'current', now)
  }
}

async function makeKey(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'envelope'>,
  state: SigningKeyState,
  now: Date,
): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(accessToken.algorithm, {
    crv: 'Ed25519',
    extractable: true,
  })
  const { kty, crv, x } = await exportJWK(publicKey)
  if (!kty || !crv || !x) throw new Error('an Ed25519 key has kty, crv and x')
  const kid = await calculateJwkThumbprint({ kty, crv, x })
  const jwk = JSON.stringify(await exportJWK(privateKey))
  return insertSigningKey(trx, {
    kid,
    state,
    public_jwk: { kty, crv, x, kid, alg: accessToken.algorithm, use: 'sig' },
    private_sealed: await deps.envelope.encrypt(trx, sealedPrivateKey(kid), jwk),
    created_at: now,
  })
}

function kids(keys: readonly SigningKey[]): string {
  return keys.map((key) => key.kid).join()
}

/** How long a key has been in its state. */
function ageOf(key: SigningKey, now: Date): number {
  return now.getTime() - key.since.getTime()
}
