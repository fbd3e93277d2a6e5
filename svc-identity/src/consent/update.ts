import type { MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Deps } from '../deps.ts'
import { lockOwnAccount } from '../profile/own-account.ts'
import { type Consents, currentConsents, readConsents } from './read.ts'
import { recordConsents } from './record.ts'
import { type ConsentKind, consentKinds, consentVersions, requiredConsents } from './rules.ts'

export type ConsentChange = Partial<Record<ConsentKind, boolean>>

/** Records what has changed. The required ones can be renewed here, not withdrawn. */
export async function updateConsents(
  deps: Pick<Deps, 'db' | 'clock'>,
  memberId: MemberId,
  change: ConsentChange,
): Promise<Consents | Refused<'consent_required' | 'account_closed'>> {
  const kept = requiredConsents.filter((kind) => change[kind] === false)
  if (kept.length > 0) {
    return refused('consent_required', {
      detail: `There is no account without ${kept.join(', ')}: closing it (DELETE /api/v1/users/account) withdraws them.`,
    })
  }
  return deps.db.primary.transaction().execute(async (trx) => {
    const refusal = await lockOwnAccount(trx, memberId)
    if (refusal) return refusal
    const current = await currentConsents(trx, memberId)
    const changed: ConsentChange = {}
    for (const kind of consentKinds) {
      const [wanted, now] = [change[kind], current.get(kind)]
      // Agreeing again to a newer text is a decision of its own.
      const stands = now?.granted === wanted && (wanted === false || now?.version === consentVersions[kind])
      if (wanted !== undefined && !stands) changed[kind] = wanted
    }
    await recordConsents(trx, memberId, changed, deps.clock)
    return readConsents(trx, memberId)
  })
}
