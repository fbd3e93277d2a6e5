import type { MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import { type Account, findAccount } from '../account/store.ts'
import type { Deps } from '../deps.ts'

/**
 * The account of a signed-in member whose password this is, as it was when it was checked. Tries are paced like
 * those of a sign-in.
 */
export async function confirmPassword(
  deps: Deps,
  memberId: MemberId,
  password: string,
): Promise<Account | Refused<'invalid_credentials' | 'too_many_requests'>> {
  const pace = `password:${memberId}`
  const waitMs = await deps.throttle.attempt(pace)
  if (waitMs > 0) return refused('too_many_requests', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
  const account = await findAccount(deps.db.primary, memberId)
  const right = await deps.passwords.verify(password, account?.password_hash ?? null)
  if (!right || !account) return refused('invalid_credentials')
  await deps.throttle.clear(pace)
  return account
}
