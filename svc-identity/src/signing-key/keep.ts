import { accessToken } from '@accord/contracts/actor'
import { importJWK } from 'jose'
import type { Deps } from '../deps.ts'
import { rotateSigningKeys } from './rotate.ts'
import { sealedPrivateKey } from './sealed.ts'

/** How often every instance looks whether it is time; far shorter than a key is published ahead. */
export const keepEveryMs = 60_000

/** Rotates if it is time, and signs with the current key from now on. */
export async function keepSigningKeys(
  deps: Pick<Deps, 'db' | 'envelope' | 'clock' | 'accessTokens'>,
  options: { republish?: boolean } = {},
): Promise<void> {
  const keys = await rotateSigningKeys(deps, options)
  const current = keys.find((key) => key.state === 'current')
  if (!current) throw new Error('there is no current signing key')
  const jwk = await deps.envelope.decrypt(
    deps.db.primary,
    sealedPrivateKey(current.kid),
    current.private_sealed,
  )
  const privateKey = await importJWK(JSON.parse(jwk), accessToken.algorithm)
  if (privateKey instanceof Uint8Array) throw new Error('a signing key is no secret')
  deps.accessTokens.use({ kid: current.kid, privateKey })
}
