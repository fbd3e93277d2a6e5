import type { MatchId, MemberId } from '@accord/contracts/id'
import { noteWrite } from '@accord/kit/db/read-your-writes'
import { type Refused, refused } from '@accord/kit/error'
import type { Deps } from '../deps.ts'
import { endMatch, pushEnded } from './end.ts'
import { lockMatch } from './store.ts'

/** Ends one's own match. Where it is over already, nothing happens. */
export async function unmatch(
  deps: Pick<Deps, 'db' | 'redis' | 'clock' | 'publishLive'>,
  memberId: MemberId,
  matchId: MatchId,
): Promise<Refused<'not_found'> | null> {
  const ended = await deps.db.primary.transaction().execute(async (trx) => {
    const match = await lockMatch(trx, matchId)
    if (!match?.memberIds.includes(memberId)) return refused('not_found')
    return endMatch(trx, match, { by: memberId, reason: 'unmatched', clock: deps.clock })
  })
  if (ended && 'refused' in ended) return ended
  if (ended) {
    pushEnded(deps, ended)
    await noteWrite(deps.db, deps.redis, memberId)
  }
  return null
}
