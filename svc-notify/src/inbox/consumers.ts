import { consumers } from '@accord/contracts/consumer'
import { subscriptionChanged } from '@accord/contracts/event/billing'
import { messageSent } from '@accord/contracts/event/chat'
import { mailRequested, memberConfirmed, memberDeleted } from '@accord/contracts/event/identity'
import { matchCreated } from '@accord/contracts/event/match'
import type { IdOf, MemberId } from '@accord/contracts/id'
import { withPrefix } from '@accord/contracts/id'
import { defineConsumer, on } from '@accord/kit/consume/define'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { queueRequestedMail } from '../mail/queue.ts'
import { forgetMember } from './forget.ts'
import { notify, pushUnread } from './notify.ts'

/** What notify does with the others' events. */
export function notifyConsumers(deps: Deps) {
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
        return async () => {
          for (const memberId of others) await pushUnread(deps, memberId)
        }
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
                matchId: event.aggregate,
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
    ]),
    defineConsumer<Database>(consumers['notify-chat'], [
      on(messageSent, (trx, event) =>
        notify(
          trx,
          deps,
          event.data.recipientId,
          {
            kind: 'message',
            about: { memberId: event.data.senderId, conversationId: event.aggregate },
            topic: event.aggregate,
          },
          'message',
        ),
      ),
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
