import { type Refused, refused } from '@accord/kit/error'
import { findAccount, lockAccount, openEmail } from '../account/store.ts'
import type { Deps } from '../deps.ts'
import { distrustDevices } from '../device/store.ts'
import { peekLink, takeLink } from '../mail/link.ts'
import { endAllSessionsOf } from '../session/end.ts'
import { replacePassword } from './change.ts'
import { checkPassword } from './password-rules.ts'

/**
 * Sets a new password by a mailed link, which works once. Every session ends. A second factor stays, and is
 * asked for at the next sign-in.
 */
export async function resetPassword(
  deps: Deps,
  input: { token: string; password: string },
): Promise<'reset' | Refused<'link_invalid' | 'password_too_weak'>> {
  // Looked at before the costly hash, and without using it up: a weak password may be tried again.
  const memberId = await peekLink(deps.db.primary, input.token, 'reset', deps.clock())
  const account = memberId && (await findAccount(deps.db.primary, memberId))
  if (!memberId || account?.status !== 'active') return refused('link_invalid')
  const weak = checkPassword(input.password, await openEmail(deps.db.primary, deps.envelope, account))
  if (weak) return weak
  const hash = await deps.passwords.hash(input.password)
  const result = await deps.db.primary.transaction().execute(async (trx) => {
    const locked = await lockAccount(trx, memberId)
    const taken = await takeLink(trx, input.token, 'reset', deps.clock())
    if (taken !== memberId || locked?.status !== 'active') return refused('link_invalid')
    await replacePassword(trx, deps, memberId, hash)
    await endAllSessionsOf(trx, deps, memberId, 'password_changed')
    // Whoever had the old password may have made a device trusted.
    await distrustDevices(trx, memberId)
    return 'reset' as const
  })
  if (result === 'reset') await deps.throttle.clear(`password:${memberId}`)
  return result
}
