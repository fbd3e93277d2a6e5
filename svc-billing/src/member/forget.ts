import { consumers } from '@accord/contracts/consumer'
import { memberDeleted } from '@accord/contracts/event/identity'
import type { MemberId } from '@accord/contracts/id'
import { toUuid } from '@accord/contracts/id'
import { defineConsumer, onExternal } from '@accord/kit/consume/define'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { asking } from '../stripe.ts'
import { liveSubscriptionIds } from '../subscription/store.ts'

/** Ends what a member who left still pays for. Invoices and ledger stay, as the law asks; they hold no name. */
export const memberConsumer = (deps: Deps) =>
  defineConsumer<Database>(consumers['billing-members'], [
    onExternal(memberDeleted, (event) => endSubscriptions(deps, event.aggregate as MemberId)),
  ])

/** At least once: ending an ended subscription changes nothing. Our rows follow by Stripe's webhook. */
async function endSubscriptions(deps: Deps, memberId: MemberId): Promise<void> {
  for (const id of await liveSubscriptionIds(deps.db.primary, memberId)) {
    await asking(deps.stripe.subscriptions.cancel(id))
  }
  await deps.db.primary
    .updateTable('checkouts')
    .set({ state: 'expired' })
    .where('member_id', '=', toUuid(memberId))
    .where('state', '=', 'open')
    .execute()
}
