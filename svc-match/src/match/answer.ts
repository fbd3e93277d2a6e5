import { matchOf } from '@accord/contracts/call/match'
import { answer, type CallAnswer } from '@accord/kit/call'
import type { Deps } from '../deps.ts'
import { findMatch } from './store.ts'

/** `rpc.match.match`: lets chat open a conversation before the event of its match has arrived. */
export function matchAnswer(deps: Pick<Deps, 'db'>): CallAnswer {
  return answer(matchOf, async ({ matchId }) => {
    // The primary: whoever asks was told of the match a moment ago.
    const match = await findMatch(deps.db.primary, matchId)
    if (!match) return { match: null }
    const { memberIds, active, createdAt } = match
    return { match: { memberIds, active, createdAt: createdAt.toISOString() } }
  })
}
