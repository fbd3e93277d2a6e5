import { type Entitlements, freeEntitlements } from '@accord/contracts/call/billing'
import type { PlanId } from '@accord/contracts/event/billing'

export interface Plan {
  id: PlanId
  name: string
  description: string
  /** Monthly price in minor units of the currency. */
  amountMinor: number
  currency: 'eur'
  entitlements: Entitlements
}

/** What is sold, the cheapest first. What is shown here is what Stripe is told to charge. */
export const plans: readonly Plan[] = [
  {
    id: 'free',
    name: 'Free',
    description: 'See who could want you back, and like twenty people a day.',
    amountMinor: 0,
    currency: 'eur',
    entitlements: freeEntitlements,
  },
  {
    id: 'plus',
    name: 'Plus',
    description: 'A hundred likes a day, and take back your last decision.',
    amountMinor: 1900,
    currency: 'eur',
    entitlements: { plan: 'plus', dailyLikes: 100, seesLikesReceived: false, rewind: true },
  },
  {
    id: 'signature',
    name: 'Signature',
    description: 'Likes without limit, and see who likes you already.',
    amountMinor: 4900,
    currency: 'eur',
    entitlements: { plan: 'signature', dailyLikes: null, seesLikesReceived: true, rewind: true },
  },
]

export function planOf(id: string): Plan | undefined {
  return plans.find((plan) => plan.id === id)
}

/** The better of two plans is the one that stands later in the list. */
export function rankOf(id: PlanId): number {
  return plans.findIndex((plan) => plan.id === id)
}
