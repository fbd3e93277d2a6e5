import type { MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import { findAccount } from '../account/store.ts'
import type { Deps } from '../deps.ts'

/** Refuses a signed-in member's wrong password; tries are paced like those of a sign-in. */
export async function confirmPassword(
  deps: Deps,
  memberId: MemberId,
  password: string,
): Promise<Refused<'invalid_credentials' | 'too_many_requests'> | null> {
  const pace = `password:${memberId}`
  const waitMs = await deps.throttle.attempt(pace)
  if (waitMs > 0) return refused('too_many_requests', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
  const account = await findAccount(deps.db.primary, memberId)
  if (!(await deps.passwords.verify(password, account?.password_hash ?? null))) {
    return refused('invalid_credentials')
  }
  await deps.throttle.clear(pace)
  return null
}
