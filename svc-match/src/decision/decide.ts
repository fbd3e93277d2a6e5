import type { MemberId } from '@accord/contracts/id'
import { noteWrite } from '@accord/kit/db/read-your-writes'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import { loadViewer, type ViewerRefusal } from '../deck/viewer.ts'
import type { Deps } from '../deps.ts'
import { readEntitlements } from '../entitlement/read.ts'
import { createMatch, pushCreated } from '../match/create.ts'
import { presentMatch } from '../match/present.ts'
import { lockMatchOf, type StoredMatch } from '../match/store.ts'
import { lockPair } from '../pair-lock.ts'
import { dayEnd, likesLeft, utcDay } from './day.ts'
import type { DecisionAnswer, DecisionRequest } from './schema.ts'
import { findStanding } from './standing.ts'
import { countLikes, spendLike, storeDecision } from './store.ts'

export type DecisionRefusal = ViewerRefusal | 'not_a_candidate' | 'already_decided' | 'daily_likes_used'

interface Decided {
  match: StoredMatch | null
  isNewMatch: boolean
  used: number
}

interface Asked extends DecisionRequest {
  viewerId: MemberId
  dailyLikes: number | null
  now: Date
}

/**
 * Stores a like or a pass, and the match when the other has liked before. The pair is locked throughout, so two
 * likes of the same moment make exactly one match. The same decision again gets the same answer.
 */
export async function decide(
  deps: Pick<Deps, 'db' | 'redis' | 'call' | 'clock' | 'log' | 'publishLive'>,
  viewerId: MemberId,
  request: DecisionRequest,
): Promise<DecisionAnswer | Refused<DecisionRefusal>> {
  const { memberId: otherId, decision } = request
  if (otherId === viewerId) return refused('not_a_candidate')
  const now = deps.clock()
  const { dailyLikes } = await readEntitlements(deps, viewerId)
  const asked = { ...request, viewerId, dailyLikes, now }
  const decided = await deps.db.primary.transaction().execute((trx) => decideWithin(trx, deps, asked))
  if (isRefused(decided)) return decided

  const { match, isNewMatch, used } = decided
  if (match && isNewMatch) await pushCreated(deps, match)
  else await noteWrite(deps.db, deps.redis, viewerId)
  return {
    decision,
    match: match && presentMatch(match.id, otherId, match.createdAt),
    likesLeft: likesLeft(dailyLikes, used),
  }
}

async function decideWithin(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock'>,
  { viewerId, memberId: otherId, decision, dailyLikes, now }: Asked,
): Promise<Decided | Refused<DecisionRefusal>> {
  await lockPair(trx, viewerId, otherId)
  // Under the lock: of somebody who leaves at the same moment nothing may be written any more.
  const viewer = await loadViewer(trx, viewerId, now)
  if (isRefused(viewer)) return viewer
  const { made, received, isCandidate, isReachable } = await findStanding(trx, viewer, otherId)
  if (made === decision) return repeat(trx, viewerId, otherId, now)
  if (made !== null) return refused('already_decided')
  // Whoever likes the viewer may be answered, whatever either seeks by now.
  const allowed = received === 'like' ? isReachable : isCandidate
  if (!allowed) return refused('not_a_candidate')

  const day = utcDay(now)
  const used =
    decision === 'like'
      ? await spendLike(trx, viewerId, day, dailyLikes)
      : await countLikes(trx, viewerId, day)
  if (used === null) return refused('daily_likes_used', { retryAfterSeconds: secondsUntil(dayEnd(now), now) })
  await storeDecision(trx, { memberId: viewerId, otherId, decision, now })
  const isNewMatch = decision === 'like' && received === 'like'
  const match = isNewMatch ? await createMatch(trx, viewerId, otherId, deps.clock) : null
  return { match, isNewMatch, used }
}

async function repeat(
  trx: Transaction<Database>,
  viewerId: MemberId,
  otherId: MemberId,
  now: Date,
): Promise<Decided> {
  const match = await lockMatchOf(trx, viewerId, otherId)
  return {
    match: match?.active ? match : null,
    isNewMatch: false,
    used: await countLikes(trx, viewerId, utcDay(now)),
  }
}

function secondsUntil(time: Date, now: Date): number {
  return Math.ceil((time.getTime() - now.getTime()) / 1000)
}
