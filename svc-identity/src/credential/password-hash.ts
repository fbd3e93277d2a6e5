import { AppError } from '@accord/kit/error'
import { BulkheadRejectedError, bulkhead } from 'cockatiel'
import { normalisePassword } from './password-rules.ts'

/** Hashes and checks passwords; bounded, so that a burst cannot take every core and all memory. */
export interface PasswordHasher {
  /** Throws AppError `unavailable` when too many are waiting. */
  hash(password: string): Promise<string>
  /** Takes as long for `null` (nobody there) as for a stored hash, and answers false. */
  verify(password: string, hash: string | null): Promise<boolean>
}

/** argon2id as OWASP recommends it (19 MiB, two passes); Bun computes it off the main thread. */
const argon2id = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const

/** A hasher that computes `concurrency` hashes at once and lets `queue` wait. */
export function createPasswordHasher(limits: { concurrency: number; queue: number }): PasswordHasher {
  const gate = bulkhead(limits.concurrency, limits.queue)
  // Of a password that nobody knows; made once, before it is needed, so that no answer is slower for it.
  const nobody = Bun.password.hash(crypto.randomUUID(), argon2id)

  const within = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await gate.execute(work)
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error
      throw new AppError('unavailable', { retryAfterSeconds: 2, cause: error })
    }
  }

  return {
    hash: (password) => within(() => Bun.password.hash(normalisePassword(password), argon2id)),
    verify: (password, hash) =>
      within(async () => {
        const matches = await Bun.password.verify(normalisePassword(password), hash ?? (await nobody))
        return hash !== null && matches
      }),
  }
}
