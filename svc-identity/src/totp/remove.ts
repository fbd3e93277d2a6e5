import type { MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import { lockAccount } from '../account/store.ts'
import type { Deps } from '../deps.ts'
import { distrustDevices } from '../device/store.ts'
import { requestMail } from '../mail/request.ts'
import { deleteTotp, lockSeed } from './store.ts'

/** Turns the second factor off; devices that it was not asked on lose that trust with it. */
export async function removeTotp(
  deps: Deps,
  memberId: MemberId,
): Promise<'removed' | Refused<'totp_not_enabled'>> {
  return deps.db.primary.transaction().execute(async (trx) => {
    // The account first, as in a sign-in and a deletion.
    await lockAccount(trx, memberId)
    const row = await lockSeed(trx, memberId)
    if (!row || row.confirmed_at === null) return refused('totp_not_enabled')
    await deleteTotp(trx, memberId)
    await distrustDevices(trx, memberId)
    await requestMail(trx, deps, { memberId, kind: 'security_notice' })
    return 'removed'
  })
}
