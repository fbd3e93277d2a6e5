import type { MemberId } from '@accord/contracts/id'
import { noteWrite } from '@accord/kit/db/read-your-writes'
import type { Deps } from '../deps.ts'
import { markChanged } from './freshness.ts'

/**
 * After a member's facts or preferences changed: their own deck is put together anew, as are those of the people
 * around where they can be seen (`cell`, null where they cannot), and their open apps are told. After the commit.
 */
export async function renewDecks(
  deps: Pick<Deps, 'db' | 'redis' | 'cache' | 'publishLive'>,
  memberId: MemberId,
  cell: string | null,
): Promise<void> {
  // First, or a deck that is read in between from a replica would be kept.
  await noteWrite(deps.db, deps.redis, memberId)
  await Promise.all([
    deps.cache.drop('deck', memberId),
    cell === null ? undefined : markChanged(deps.redis, cell),
  ])
  deps.publishLive(memberId, { type: 'deck.changed' })
}
