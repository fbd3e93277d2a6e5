import { consumers } from '@accord/contracts/consumer'
import { subscriptionChanged } from '@accord/contracts/event/billing'
import { conversationRead, messageSent } from '@accord/contracts/event/chat'
import { mailRequested, memberConfirmed, memberDeleted } from '@accord/contracts/event/identity'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import type { ConversationId, IdOf, MatchId, MemberId } from '@accord/contracts/id'
import { withPrefix } from '@accord/contracts/id'
import { defineConsumer, on } from '@accord/kit/consume/define'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { queueRequestedMail } from '../mail/queue.ts'
import { endMatch } from './end-match.ts'
import { forgetMember } from './forget.ts'
import { notify, pushUnread } from './notify.ts'
import { readConversation } from './read-conversation.ts'

/** What notify does with the others' events. */
export function notifyConsumers(deps: Deps) {
  const pushAll = async (memberIds: readonly MemberId[]) => {
    for (const memberId of memberIds) await pushUnread(deps, memberId)
  }
  return [
    defineConsumer<Database>(consumers['notify-identity'], [
      on(mailRequested, (trx, event) =>
        queueRequestedMail(trx, event.aggregate as IdOf<'eml'>, event.data.kind, deps.clock()),
      ),
      on(memberConfirmed, (trx, event) =>
        notify(
          trx,
          deps,
          event.aggregate as MemberId,
          { kind: 'welcome', about: {}, topic: 'welcome' },
          null,
        ),
      ),
      on(memberDeleted, async (trx, event) => {
        const others = await forgetMember(trx, event.aggregate as MemberId, deps.clock())
        return () => pushAll(others)
      }),
    ]),
    defineConsumer<Database>(consumers['notify-match'], [
      on(matchCreated, async (trx, event) => {
        const [a, b] = event.data.memberIds
        const tell = (memberId: MemberId, other: MemberId) =>
          notify(
            trx,
            deps,
            memberId,
            {
              kind: 'match',
              about: {
                memberId: other,
                matchId: event.aggregate as MatchId,
                conversationId: withPrefix('con', event.aggregate),
              },
              topic: event.aggregate,
            },
            'match',
          )
        const pushes = [await tell(a, b), await tell(b, a)]
        return async () => {
          for (const push of pushes) await push()
        }
      }),
      on(matchEnded, async (trx, event) => {
        const matchId = event.aggregate as MatchId
        const changed = await endMatch(trx, {
          matchId,
          memberIds: event.data.memberIds,
          at: new Date(event.occurredAt),
        })
        return () => pushAll(changed)
      }),
    ]),
    defineConsumer<Database>(consumers['notify-chat'], [
      on(messageSent, (trx, event) =>
        notify(
          trx,
          deps,
          event.data.recipientId,
          {
            kind: 'message',
            about: { memberId: event.data.senderId, conversationId: event.aggregate as ConversationId },
            topic: event.aggregate,
            seq: event.data.seq,
          },
          'message',
        ),
      ),
      on(conversationRead, async (trx, event) => {
        const { readerId, upToSeq } = event.data
        const conversationId = event.aggregate as ConversationId
        const changed = await readConversation(trx, { readerId, conversationId, upToSeq, at: deps.clock() })
        return () => pushAll(changed ? [readerId] : [])
      }),
    ]),
    defineConsumer<Database>(consumers['notify-billing'], [
      on(subscriptionChanged, (trx, event) =>
        notify(
          trx,
          deps,
          event.aggregate as MemberId,
          {
            kind: 'subscription',
            about: { plan: event.data.plan, status: event.data.status },
            topic: event.id,
          },
          'subscription',
        ),
      ),
    ]),
  ]
}
