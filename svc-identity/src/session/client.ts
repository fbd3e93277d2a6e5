import { createHash } from 'node:crypto'
import type { SessionMode } from './tables.ts'

/** Where a sign-in or refresh comes from, as far as it tells. No address: it is not kept anywhere. */
export interface Client {
  /** How the tokens travel. */
  mode: SessionMode
  userAgent: string
  /** What an earlier sign-in on this device was given. */
  deviceToken: string | null
}

/** Digest by which a repeat of a request is told from somebody else's. */
export function clientDigest({ mode, userAgent, deviceToken }: Client): Buffer {
  // In token mode a client need not send its device token with every refresh.
  const device = mode === 'cookie' ? deviceToken : null
  return createHash('sha256')
    .update(JSON.stringify([mode, userAgent, device]))
    .digest()
}
