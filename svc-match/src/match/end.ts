import { matchEnded } from '@accord/contracts/event/match'
import { type MatchId, type MemberId, toUuid } from '@accord/contracts/id'
import type { Clock } from '@accord/kit/clock'
import { enqueue } from '@accord/kit/outbox/enqueue'
import { tellLive } from '@accord/kit/tell-live'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import type { StoredMatch } from './store.ts'
import type { EndReason } from './tables.ts'

export interface EndedMatch {
  id: MatchId
  memberIds: [MemberId, MemberId]
}

/** Ends a locked match for good, with its event. Null when it is over already. */
export async function endMatch(
  trx: Transaction<Database>,
  match: StoredMatch,
  end: { by: MemberId | null; reason: EndReason; clock: Clock },
): Promise<EndedMatch | null> {
  if (!match.active) return null
  const [id, now] = [toUuid(match.id), end.clock()]
  await trx
    .updateTable('matches')
    .set({ ended_at: now, ended_by: end.by === null ? null : toUuid(end.by), ended_reason: end.reason })
    .where('id', '=', id)
    .execute()
  await trx
    .updateTable('match_sides')
    .set({ ended_at: now })
    .where('member_id', 'in', match.memberIds.map(toUuid))
    .where('match_id', '=', id)
    .execute()
  await enqueue(trx, matchEnded, {
    aggregateId: match.id,
    data: { memberIds: match.memberIds, by: end.by, reason: end.reason },
    actor: end.by,
    clock: end.clock,
  })
  return { id: match.id, memberIds: match.memberIds }
}

/** Tells the sockets of both members, after the commit, best effort. Whoever hears of it and asks finds it over. */
export async function pushEnded(
  deps: Pick<Deps, 'db' | 'redis' | 'publishLive'>,
  ...ended: EndedMatch[]
): Promise<void> {
  const told = ended.flatMap(({ id, memberIds }) =>
    memberIds.map((memberId) => [memberId, { type: 'match.ended', matchId: id }] as const),
  )
  await tellLive(deps, told)
}
