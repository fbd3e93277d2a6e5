import { consumers } from '@accord/contracts/consumer'
import type { EventEnvelope } from '@accord/contracts/event/define'
import {
  memberBlocked,
  memberDeleted,
  memberUnblocked,
  profileChanged,
} from '@accord/contracts/event/identity'
import type { MemberId } from '@accord/contracts/id'
import { type ConsumerDefinition, defineConsumer, on } from '@accord/kit/consume/define'
import type { Transaction } from 'kysely'
import { applyBlock } from '../block/apply.ts'
import type { Database } from '../db.ts'
import { renewDecks } from '../deck/renew.ts'
import type { Deps } from '../deps.ts'
import { pushEnded } from '../match/end.ts'
import { forgetMember } from './forget.ts'
import { storeFacts } from './store.ts'

type MemberDeps = Pick<Deps, 'db' | 'redis' | 'clock' | 'cache' | 'publishLive'>

/**
 * `match-members`: the projection of members, from identity's events. Every handler compares versions itself,
 * so that events and snapshots give the same end in any order.
 */
export function memberConsumer(deps: MemberDeps): ConsumerDefinition<Database> {
  return defineConsumer<Database>(consumers['match-members'], [
    on(profileChanged, async (trx: Transaction<Database>, { aggregate, aggregateSeq, data }) => {
      const memberId = aggregate as MemberId
      await storeFacts(trx, { memberId, version: aggregateSeq, facts: data })
      return () => renewDecks(deps, memberId, data.visible ? data.cell : null)
    }),
    on(memberBlocked, async (trx: Transaction<Database>, event) => {
      const ended = await applyBlock(trx, blockChange(event, true), deps.clock)
      return () => (ended ? pushEnded(deps, ended) : undefined)
    }),
    on(memberUnblocked, async (trx: Transaction<Database>, event) => {
      await applyBlock(trx, blockChange(event, false), deps.clock)
    }),
    on(memberDeleted, async (trx: Transaction<Database>, { aggregate, aggregateSeq }) => {
      const memberId = aggregate as MemberId
      const ended = await forgetMember(trx, { memberId, version: aggregateSeq }, deps.clock)
      return async () => {
        await pushEnded(deps, ...ended)
        await deps.cache.drop('deck', memberId)
      }
    }),
  ])
}

function blockChange(event: EventEnvelope<{ blockerId: MemberId; blockedId: MemberId }>, active: boolean) {
  const { data, aggregateSeq, occurredAt } = event
  return { ...data, active, version: aggregateSeq, occurredAt: new Date(occurredAt) }
}
