import { matchBlock } from '@accord/contracts/call/match'
import { answer, type CallAnswer } from '@accord/kit/call'
import type { Deps } from '../deps.ts'
import { pushEnded } from '../match/end.ts'
import { applyBlockAhead } from './apply.ts'

/** `rpc.match.block`: a block counts before its event has arrived. */
export function blockAnswer(deps: Pick<Deps, 'db' | 'redis' | 'clock' | 'publishLive'>): CallAnswer {
  return answer(matchBlock, async (pair) => {
    const ended = await deps.db.primary.transaction().execute((trx) => applyBlockAhead(trx, pair, deps.clock))
    if (ended) await pushEnded(deps, ended)
    return {}
  })
}
