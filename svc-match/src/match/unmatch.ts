import { chatClose } from '@accord/contracts/call/chat'
import type { MatchId, MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Deps } from '../deps.ts'
import { type EndedMatch, endMatch, pushEnded } from './end.ts'
import { lockMatch } from './store.ts'

/**
 * Ends one's own match: committed first, then chat is told, so that the answer comes when the conversation is
 * closed, or after half a second; the event does the same if chat could not be told. Where the match is over
 * already, nothing happens.
 */
export async function unmatch(
  deps: Pick<Deps, 'db' | 'redis' | 'clock' | 'call' | 'log' | 'publishLive'>,
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
    // Before chat, which pushes the end as well: whoever asks here then must find it.
    await pushEnded(deps, ended)
    await tellChat(deps, ended)
  }
  return null
}

/** Tells chat, which otherwise learns it from the event a moment later. Never throws. */
async function tellChat(deps: Pick<Deps, 'call' | 'log'>, { id, memberIds }: EndedMatch): Promise<void> {
  try {
    await deps.call(chatClose, { matchId: id, memberIds }, { timeoutMs: 500 })
  } catch (error) {
    deps.log.info('an ended match will reach chat by its event alone', { error })
  }
}
