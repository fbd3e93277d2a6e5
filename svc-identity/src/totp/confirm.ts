import type { MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import { lockAccount } from '../account/store.ts'
import type { Deps } from '../deps.ts'
import { distrustDevices } from '../device/store.ts'
import { codeDigest } from '../keyed-code.ts'
import { requestMail } from '../mail/request.ts'
import { dropChallenges } from '../session/challenge.ts'
import { stepOfCode } from './code.ts'
import { newRecoveryCodes, normaliseRecoveryCode } from './recovery-code.ts'
import { sealedSeed } from './second-factor.ts'
import { lockSeed, putRecoveryCodes, updateSeed } from './store.ts'

/** Wrong codes before the enrolment must begin again, with another seed. */
const mostAttempts = 10

export type ConfirmRefusal = 'totp_already_enabled' | 'totp_not_enabled' | 'code_invalid'

/**
 * Turns the second factor on with its first code. The recovery codes are shown this once. From now on it is asked
 * for everywhere: no device stays trusted, and no sign-in that began without it can be finished.
 */
export async function confirmTotp(
  deps: Deps,
  memberId: MemberId,
  code: string,
): Promise<{ recoveryCodes: string[] } | Refused<ConfirmRefusal>> {
  return deps.db.primary.transaction().execute(async (trx) => {
    // The account first, as in a sign-in and a deletion: neither comes in between.
    await lockAccount(trx, memberId)
    const row = await lockSeed(trx, memberId)
    if (!row || row.attempts >= mostAttempts) return refused('totp_not_enabled')
    if (row.confirmed_at !== null) return refused('totp_already_enabled')
    const seed = await deps.envelope.decrypt(trx, sealedSeed(memberId), row.seed_sealed)
    const now = deps.clock()
    const step = await stepOfCode(seed, code, row.last_step, now)
    if (step === null) {
      await updateSeed(trx, memberId, { attempts: row.attempts + 1 })
      return refused('code_invalid')
    }
    await updateSeed(trx, memberId, { confirmed_at: now, last_step: step })
    const recoveryCodes = newRecoveryCodes()
    const digests = recoveryCodes.map((text) =>
      codeDigest(deps.keyring, 'recovery-code', memberId, normaliseRecoveryCode(text)),
    )
    await putRecoveryCodes(trx, memberId, digests, now)
    await distrustDevices(trx, memberId)
    await dropChallenges(trx, memberId)
    await requestMail(trx, deps, { memberId, kind: 'security_notice' })
    return { recoveryCodes }
  })
}
