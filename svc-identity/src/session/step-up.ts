import type { Actor } from '@accord/contracts/actor'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import { lockAccount } from '../account/store.ts'
import { confirmPassword } from '../credential/confirm-password.ts'
import type { Deps } from '../deps.ts'
import { acceptRecoveryCode, acceptTotp } from '../totp/second-factor.ts'
import { isTotpOn } from '../totp/store.ts'
import { passwordProof, proofs } from './proof.ts'
import { findOpenSession, lockOpenSession, markAuthenticated } from './store.ts'

export interface StepUp {
  password: string
  /** Of the second factor; asked for only where it is on. */
  code?: string
  /** Whose code it is: the authenticator's unless told. */
  method?: 'totp' | 'recovery'
}

export type StepUpRefusal =
  | 'unauthenticated'
  | 'session_revoked'
  | 'invalid_credentials'
  | 'second_factor_required'
  | 'code_invalid'
  | 'too_many_requests'

/**
 * The signed-in member proves anew who they are, in the session that they have: gives an access token that says
 * so. A second factor that is on is asked for even where the device is trusted, and only after the right password.
 */
export async function stepUp(
  deps: Deps,
  actor: Pick<Actor, 'memberId' | 'sessionId' | 'mode'>,
  input: StepUp,
): Promise<{ accessToken: string } | Refused<StepUpRefusal>> {
  const { memberId, sessionId } = actor
  const db = deps.db.primary
  // Before the password: a token of a session that is over, which gateways may not know yet, is no way to guess.
  const session = await findOpenSession(db, memberId, sessionId, deps.clock())
  if (!session) return refused('session_revoked')
  // As in a refresh: tokens go on travelling as they did from the sign-in on.
  if (session.mode !== actor.mode) return refused('unauthenticated')
  const confirmed = await confirmPassword(deps, memberId, input.password)
  if (isRefused(confirmed)) return confirmed
  // A sign-in on the same device counts its guesses here too.
  const pace = (await isTotpOn(db, memberId)) ? `mfa:${session.member_id}:${session.device_id}` : null
  if (pace !== null) {
    if (input.code === undefined) return refused('second_factor_required')
    const waitMs = await deps.throttle.attempt(pace)
    if (waitMs > 0) return refused('too_many_requests', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
  }

  const result = await db.transaction().execute(async (trx) => {
    // The account first, as in a sign-in and a deletion: tries of one member come one after another.
    const account = await lockAccount(trx, memberId)
    const now = deps.clock()
    const open = await lockOpenSession(trx, memberId, sessionId, now)
    if (!open || account?.status !== 'active') return refused('session_revoked')
    // The password may have been changed while it was being checked.
    if (account.password_hash !== confirmed.password_hash) return refused('invalid_credentials')
    let amr = passwordProof
    // Asked again under the lock: it may have been turned on meanwhile.
    if (await isTotpOn(trx, memberId)) {
      const { code, method = 'totp' } = input
      if (code === undefined || pace === null) return refused('second_factor_required')
      const accept = method === 'totp' ? acceptTotp : acceptRecoveryCode
      if (!(await accept(trx, deps, memberId, code))) return refused('code_invalid')
      amr = proofs[method]
    }
    await markAuthenticated(trx, open, { authenticated_at: now, amr })
    const { role, staff } = account
    return {
      accessToken: await deps.accessTokens.sign({
        memberId,
        sessionId,
        role,
        staff,
        amr,
        authenticatedAt: now,
      }),
    }
  })
  if (pace !== null && !isRefused(result)) await deps.throttle.clear(pace)
  return result
}
