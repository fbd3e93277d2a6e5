import type { MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Deps } from '../deps.ts'
import { asking } from '../stripe.ts'
import { customerIdOf } from './store.ts'

/** Opens Stripe's customer portal, where a member changes the card or ends the subscription. */
export async function openPortal(
  deps: Deps,
  memberId: MemberId,
): Promise<{ url: string } | Refused<'no_subscription'>> {
  const customer = await customerIdOf(deps.db.primary, memberId)
  if (customer === null) return refused('no_subscription')
  const session = await asking(
    deps.stripe.billingPortal.sessions.create({ customer, return_url: `${deps.publicUrl}/billing` }),
  )
  return { url: session.url }
}
