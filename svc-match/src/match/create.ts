import { matchCreated } from '@accord/contracts/event/match'
import { fromUuid, type MemberId, newId } from '@accord/contracts/id'
import type { Clock } from '@accord/kit/clock'
import { enqueue } from '@accord/kit/outbox/enqueue'
import { tellLive } from '@accord/kit/tell-live'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { orderedPair } from '../pair-lock.ts'
import { insertMatch, type StoredMatch } from './store.ts'

/** Makes the match of two members who like each other, with its event. The pair must be locked. */
export async function createMatch(
  trx: Transaction<Database>,
  likerId: MemberId,
  otherId: MemberId,
  clock: Clock,
): Promise<StoredMatch> {
  const [a, b] = orderedPair(likerId, otherId)
  const memberIds: StoredMatch['memberIds'] = [fromUuid('mem', a), fromUuid('mem', b)]
  const match = { id: newId('mat'), memberIds, createdAt: clock(), active: true }
  await insertMatch(trx, match)
  await enqueue(trx, matchCreated, { aggregateId: match.id, data: { memberIds }, actor: likerId, clock })
  return match
}

/** Tells the sockets of both members, after the commit, best effort. Whoever hears of it and asks finds it. */
export async function pushCreated(
  deps: Pick<Deps, 'db' | 'redis' | 'publishLive'>,
  { id, memberIds: [a, b] }: StoredMatch,
): Promise<void> {
  await tellLive(deps, [
    [a, { type: 'match.created', matchId: id, memberId: b }],
    [b, { type: 'match.created', matchId: id, memberId: a }],
  ])
}
