import { type MatchId, type MemberId, toUuid, withPrefix } from '@accord/contracts/id'
import { tellLive } from '@accord/kit/tell-live'
import { sql, type Transaction } from 'kysely'
import type { ClosedBecause, Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { lockMembers, openConversation } from './open.ts'
import { type Conversation, inOrder } from './rules.ts'
import { closeAll, conversationsOf } from './store.ts'

/** Ends the conversation of a match. One that is not known yet is kept as closed, so that it never opens. */
export async function closeOfMatch(
  trx: Transaction<Database>,
  end: { matchId: MatchId; memberIds: readonly [MemberId, MemberId]; at: Date; because: ClosedBecause },
): Promise<Conversation[]> {
  const { matchId, memberIds, at, because } = end
  await openConversation(trx, { matchId, memberIds, matchedAt: at, ended: { at, because } })
  return closeAll(trx, [withPrefix('con', matchId)], { at, because })
}

/**
 * Closes what two members have open, and remembers the block for matches whose event is still on its way.
 * With `matchedUntil`, a conversation of a younger match stays: an old event must not end what began after
 * the block was taken back.
 */
export async function closeOfPair(
  trx: Transaction<Database>,
  block: { memberIds: readonly [MemberId, MemberId]; at: Date; matchedUntil?: Date },
): Promise<Conversation[]> {
  const { at, matchedUntil } = block
  const [one, other] = block.memberIds
  await lockMembers(trx, [one, other], 'alone')
  await trx
    .insertInto('pair_blocks')
    .values([
      { member_id: toUuid(one), peer_id: toUuid(other), blocked_at: at },
      { member_id: toUuid(other), peer_id: toUuid(one), blocked_at: at },
    ])
    .onConflict((conflict) =>
      conflict
        .columns(['member_id', 'peer_id'])
        .doUpdateSet({ blocked_at: sql`greatest(pair_blocks.blocked_at, excluded.blocked_at)` }),
    )
    .execute()
  const ids = await conversationsOf(trx, one, other)
  return closeAll(trx, ids, { at, because: 'blocked' }, matchedUntil)
}

/**
 * Tells the open apps of both members that a conversation is gone. After the commit, best effort. What was unread in
 * it is counted no more for whoever hears of it and asks.
 */
export async function pushClosed(
  deps: Pick<ChatDeps, 'db' | 'redis' | 'publishLive'>,
  closed: readonly Conversation[],
): Promise<void> {
  const told = closed.flatMap(({ id, memberIds }) =>
    memberIds.map((memberId) => [memberId, { type: 'match.ended', matchId: withPrefix('mat', id) }] as const),
  )
  await tellLive(deps, told)
}

/** `rpc.chat.block`: closes at once, ahead of the event. */
export async function blockPair(
  deps: Pick<ChatDeps, 'db' | 'redis' | 'clock' | 'publishLive'>,
  pair: { blockerId: MemberId; blockedId: MemberId },
): Promise<void> {
  const block = { memberIds: inOrder(pair.blockerId, pair.blockedId), at: deps.clock() }
  const closed = await deps.db.primary.transaction().execute((trx) => closeOfPair(trx, block))
  await pushClosed(deps, closed)
}

/** `rpc.chat.close`: closes the conversation of an ended match at once, ahead of the event. */
export async function closeEndedMatch(
  deps: Pick<ChatDeps, 'db' | 'redis' | 'clock' | 'publishLive'>,
  match: { matchId: MatchId; memberIds: readonly [MemberId, MemberId] },
): Promise<void> {
  const end = { ...match, at: deps.clock(), because: 'unmatched' as const }
  const closed = await deps.db.primary.transaction().execute((trx) => closeOfMatch(trx, end))
  await pushClosed(deps, closed)
}
