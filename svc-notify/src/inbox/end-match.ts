import { fromUuid, type MatchId, type MemberId, toUuid, withPrefix } from '@accord/contracts/id'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import { lockConversation } from './conversation-lock.ts'
import { keepMembers } from './forget.ts'

/**
 * Removes what both inboxes tell of a match and its conversation, and sees to it that nothing is added any more.
 * Answers whose inboxes have changed.
 */
export async function endMatch(
  trx: Transaction<Database>,
  match: { matchId: MatchId; memberIds: readonly MemberId[]; at: Date },
): Promise<MemberId[]> {
  const { matchId, at } = match
  const conversationId = withPrefix('con', matchId)
  const members = match.memberIds.map(toUuid)
  // Forgetting one of the two deletes some of the same rows, in another order: one of us comes first.
  await keepMembers(trx, match.memberIds)
  await lockConversation(trx, conversationId, 'alone')
  await trx
    .insertInto('ended_matches')
    .values({ match_id: toUuid(matchId), ended_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await trx
    .deleteFrom('conversation_reads')
    .where('member_id', 'in', members)
    .where('conversation_id', '=', toUuid(conversationId))
    .execute()
  const removed = await trx
    .deleteFrom('notifications')
    .where('member_id', 'in', members)
    .where('topic', 'in', [matchId, conversationId])
    .returning('member_id')
    .execute()
  return [...new Set(removed.map((row) => fromUuid('mem', row.member_id)))]
}
