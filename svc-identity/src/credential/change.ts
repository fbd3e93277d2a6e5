import type { Actor } from '@accord/contracts/actor'
import type { MemberId } from '@accord/contracts/id'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import type { Transaction } from 'kysely'
import { lockAccount, openEmail, setPassword } from '../account/store.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { voidLinks } from '../mail/link.ts'
import { requestMail } from '../mail/request.ts'
import { dropChallenges } from '../session/challenge.ts'
import { endSessions } from '../session/end.ts'
import { confirmPassword } from './confirm-password.ts'
import { checkPassword, normalisePassword } from './password-rules.ts'

export type ChangeRefusal = 'invalid_credentials' | 'password_too_weak' | 'too_many_requests'

/** Changes the password of a signed-in member. Every other session ends; this one goes on. */
export async function changePassword(
  deps: Deps,
  actor: Pick<Actor, 'memberId' | 'sessionId'>,
  input: { currentPassword: string; newPassword: string },
): Promise<'changed' | Refused<ChangeRefusal>> {
  const { memberId } = actor
  const account = await confirmPassword(deps, memberId, input.currentPassword)
  if (isRefused(account)) return account
  if (normalisePassword(input.newPassword) === normalisePassword(input.currentPassword)) {
    return refused('password_too_weak', { detail: 'The new password is the old one.' })
  }
  const weak = checkPassword(input.newPassword, await openEmail(deps.db.primary, deps.envelope, account))
  if (weak) return weak
  const hash = await deps.passwords.hash(input.newPassword)
  return deps.db.primary.transaction().execute(async (trx) => {
    const locked = await lockAccount(trx, memberId)
    // Another change was faster: the password that was given is not the current one any more.
    if (locked?.password_hash !== account.password_hash) return refused('invalid_credentials')
    await replacePassword(trx, deps, memberId, hash)
    await endSessions(trx, deps, memberId, { except: actor.sessionId }, 'password_changed')
    return 'changed'
  })
}

/** Stores a new password, voids what began with the old one, and tells the owner. The account is locked. */
export async function replacePassword(
  trx: Transaction<Database>,
  deps: Deps,
  memberId: MemberId,
  hash: string,
): Promise<void> {
  const now = deps.clock()
  await setPassword(trx, memberId, hash, now)
  await voidLinks(trx, memberId, 'reset', now)
  await dropChallenges(trx, memberId)
  await requestMail(trx, deps, { memberId, kind: 'security_notice' })
}
