import { consumers } from '@accord/contracts/consumer'
import { memberBlocked, memberDeleted } from '@accord/contracts/event/identity'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import type { MatchId, MemberId } from '@accord/contracts/id'
import { type ConsumerDefinition, defineConsumer, on } from '@accord/kit/consume/define'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { closeOfMatch, closeOfPair, pushClosed } from './close.ts'
import { eraseMember } from './erase.ts'
import { openConversation, pushOpened } from './open.ts'
import { inOrder } from './rules.ts'

/**
 * What chat makes of the others' events. None depends on order: an end that comes first leaves the
 * conversation closed, and its beginning then finds it there.
 */
export function chatConsumers(
  deps: Pick<ChatDeps, 'db' | 'redis' | 'envelope' | 'publishLive'>,
): ConsumerDefinition<Database>[] {
  return [
    defineConsumer<Database>(consumers['chat-matches'], [
      on(matchCreated, async (trx: Transaction<Database>, event) => {
        const opened = await openConversation(trx, {
          matchId: event.aggregate as MatchId,
          memberIds: event.data.memberIds,
          matchedAt: new Date(event.occurredAt),
        })
        return () => opened && pushOpened(deps, opened)
      }),
      on(matchEnded, async (trx: Transaction<Database>, event) => {
        const closed = await closeOfMatch(trx, {
          matchId: event.aggregate as MatchId,
          memberIds: event.data.memberIds,
          at: new Date(event.occurredAt),
          because: event.data.reason,
        })
        return () => pushClosed(deps, closed)
      }),
    ]),
    defineConsumer<Database>(consumers['chat-members'], [
      on(memberBlocked, async (trx: Transaction<Database>, event) => {
        const at = new Date(event.occurredAt)
        const memberIds = inOrder(event.data.blockerId, event.data.blockedId)
        const closed = await closeOfPair(trx, { memberIds, at, matchedUntil: at })
        return () => pushClosed(deps, closed)
      }),
      on(memberDeleted, async (trx: Transaction<Database>, event) => {
        const at = new Date(event.occurredAt)
        const closed = await eraseMember(deps, trx, event.aggregate as MemberId, at)
        return () => pushClosed(deps, closed)
      }),
    ]),
  ]
}
