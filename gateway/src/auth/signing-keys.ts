import { accessToken } from '@accord/contracts/actor'
import { kvBuckets } from '@accord/contracts/stream'
import type { Clock } from '@accord/kit/clock'
import type { Logger } from '@accord/kit/log'
import type { NatsConnection } from '@nats-io/nats-core'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import { watchBucket } from '../bucket/watch.ts'

export interface SigningKeys {
  loaded: Promise<void>
  isLoaded(): boolean
  /** The public key with this id, or undefined. */
  find(kid: string): CryptoKey | undefined
  onChange(listener: () => void): void
  stop(): Promise<void>
}

/** Identity's public keys, from the bucket `jwks`: each entry is a key set, or one key. */
export function watchSigningKeys(o: { nats: NatsConnection; clock: Clock; log: Logger }): SigningKeys {
  const entries = new Map<string, Map<string, CryptoKey>>()
  const listeners = new Set<() => void>()
  /** Imports finish in the order the entries came in, or an old set could replace a newer one. */
  let importing: Promise<unknown> = Promise.resolve()

  const replace = async (entry: string, value: Uint8Array | null) => {
    if (value === null) entries.delete(entry)
    else entries.set(entry, await importKeys(value, o.log))
    for (const listener of listeners) listener()
  }
  const watch = watchBucket({
    ...o,
    bucket: kvBuckets.jwks,
    onEntry: (entry, value) => {
      importing = importing
        .then(() => replace(entry, value))
        .catch((error) => o.log.error('signing keys could not be read', { error: String(error) }))
    },
  })
  return {
    loaded: watch.loaded.then(() => importing).then(() => undefined),
    isLoaded: watch.isLoaded,
    find: (kid) => {
      for (const keys of entries.values()) {
        const key = keys.get(kid)
        if (key) return key
      }
      return undefined
    },
    onChange: (listener) => {
      listeners.add(listener)
    },
    stop: watch.stop,
  }
}

async function importKeys(value: Uint8Array, log: Logger): Promise<Map<string, CryptoKey>> {
  const parsed = JSON.parse(new TextDecoder().decode(value)) as JWK & { keys?: JWK[] }
  const keys = new Map<string, CryptoKey>()
  for (const jwk of parsed.keys ?? [parsed]) {
    if (jwk.kid === undefined || jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || 'd' in jwk) {
      log.warn('a signing key is not an Ed25519 public key with an id', { kid: jwk.kid })
      continue
    }
    const key = await importJWK(jwk, accessToken.algorithm)
    if (!(key instanceof Uint8Array)) keys.set(jwk.kid, key)
  }
  return keys
}
