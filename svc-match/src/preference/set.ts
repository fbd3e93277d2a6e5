import type { MemberId } from '@accord/contracts/id'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import { findVisibleCell, isDeleted } from '../candidate/store.ts'
import { renewDecks } from '../deck/renew.ts'
import type { Deps } from '../deps.ts'
import { lockMember } from '../pair-lock.ts'
import type { Preferences } from './schema.ts'
import { storePreferences } from './store.ts'

/** Stores what a member is looking for; the deck is put together anew. */
export async function setPreferences(
  deps: Pick<Deps, 'db' | 'redis' | 'cache' | 'clock' | 'publishLive'>,
  memberId: MemberId,
  preferences: Preferences,
): Promise<Preferences | Refused<'account_closed'>> {
  const stored = await deps.db.primary.transaction().execute(async (trx) => {
    // Else a deletion that runs at the same time could leave these behind.
    await lockMember(trx, memberId)
    if (await isDeleted(trx, [memberId])) return refused('account_closed')
    await storePreferences(trx, memberId, preferences, deps.clock())
    return { cell: await findVisibleCell(trx, memberId) }
  })
  if (isRefused(stored)) return stored
  await renewDecks(deps, memberId, stored.cell)
  return preferences
}
