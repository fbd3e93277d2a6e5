import { consumers } from '@accord/contracts/consumer'
import { memberDeleted } from '@accord/contracts/event/identity'
import type { MemberId } from '@accord/contracts/id'
import { defineConsumer, onExternal } from '@accord/kit/consume/define'
import Stripe from 'stripe'
import { expireCheckout } from '../checkout/expire.ts'
import { closeCheckout, customerIdOf, lockMember, openCheckoutOf } from '../checkout/store.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { asking } from '../stripe.ts'
import { noteDeparture } from './store.ts'

/** Ends what a member who left still pays for, and could still pay. Invoices and ledger stay, as the law asks; they hold no name. */
export const memberConsumer = (deps: Deps) =>
  defineConsumer<Database>(consumers['billing-members'], [
    onExternal(memberDeleted, ({ aggregate }) =>
      deps.stripeRoom(() => forgetMember(deps, aggregate as MemberId)),
    ),
  ])

/**
 * At least once: what is gone already is passed over. Deleting the customer ends every subscription, also one of
 * which no webhook has told us yet, and Stripe forgets the address. Our rows follow by Stripe's webhooks.
 */
async function forgetMember(deps: Deps, memberId: MemberId): Promise<void> {
  await deps.db.primary.transaction().execute(async (trx) => {
    // A checkout that is being opened is waited for; none opens afterwards.
    await lockMember(trx, memberId)
    await noteDeparture(trx, memberId, deps.clock())
    const open = await openCheckoutOf(trx, memberId)
    if (open) {
      const { status } = await expireCheckout(deps.stripe, open.stripeSessionId)
      await closeCheckout(trx, memberId, open.stripeSessionId, status === 'complete' ? 'complete' : 'expired')
    }
    const customer = await customerIdOf(trx, memberId)
    if (customer !== null) await unlessMissing(deps.stripe.customers.del(customer))
  })
}

async function unlessMissing(deletion: Promise<unknown>): Promise<void> {
  try {
    await asking(deletion)
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError && error.code === 'resource_missing')) throw error
  }
}
