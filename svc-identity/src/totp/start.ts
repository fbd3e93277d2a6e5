import type { Actor } from '@accord/contracts/actor'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import { generateSecret, generateURI } from 'otplib'
import { lockAccount, openEmail } from '../account/store.ts'
import { confirmPassword } from '../credential/confirm-password.ts'
import type { Deps } from '../deps.ts'
import { sealedSeed } from './second-factor.ts'
import { isTotpOn, putSeed } from './store.ts'

/** Without a password, the sign-in must be as recent as for a `step-up` operation. */
const stepUpMs = 10 * 60_000

export interface Enrolment {
  /** Base32, for typing. */
  secret: string
  /** For a QR code. */
  otpauthUri: string
}

export type StartRefusal =
  | 'totp_already_enabled'
  | 'step_up_required'
  | 'invalid_credentials'
  | 'too_many_requests'

/**
 * Makes a seed, which counts for nothing until its first code is confirmed. Asks for the password, or a recent
 * sign-in.
 */
export async function startTotp(
  deps: Deps,
  actor: Actor,
  password: string | undefined,
): Promise<Enrolment | Refused<StartRefusal>> {
  if (password !== undefined) {
    const confirmed = await confirmPassword(deps, actor.memberId, password)
    if (isRefused(confirmed)) return confirmed
  } else if (deps.clock().getTime() - actor.authenticatedAt * 1000 > stepUpMs) {
    return refused('step_up_required')
  }
  const { memberId } = actor
  return deps.db.primary.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, memberId)
    if (!account) return refused('step_up_required')
    if (await isTotpOn(trx, memberId)) return refused('totp_already_enabled')
    const secret = generateSecret({ length: 20 })
    await putSeed(trx, memberId, await deps.envelope.encrypt(trx, sealedSeed(memberId), secret), deps.clock())
    const label = await openEmail(trx, deps.envelope, account)
    return { secret, otpauthUri: generateURI({ issuer: 'Accord', label, secret }) }
  })
}
