import type { MemberId } from '@accord/contracts/id'
import type { Transaction } from 'kysely'
import type Stripe from 'stripe'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { applySubscription } from '../subscription/apply.ts'
import { lockCustomer } from '../subscription/store.ts'
import { closeCheckout } from './store.ts'

/** Takes over that a checkout page was paid or has expired, and the subscription that paying it made. */
export async function settleCheckout(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'stripe' | 'clock' | 'log'>,
  memberId: MemberId,
  session: Stripe.Checkout.Session,
): Promise<void> {
  const subscription = idOf(session.subscription)
  // Before any row: whoever holds this lock may want the checkout's row next.
  await lockCustomer(trx, idOf(session.customer) ?? session.id)
  await closeCheckout(trx, memberId, session.id, session.status === 'complete' ? 'complete' : 'expired')
  if (subscription) await applySubscription(trx, deps, subscription)
}

/** The id of what Stripe names by its id, or gives whole. */
export function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null)
}
