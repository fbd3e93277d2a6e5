import { type Static, Type } from '@sinclair/typebox'
import { PlanId } from '../event/billing.ts'
import { Id } from '../id.ts'
import { defineCall } from './define.ts'

/** What a plan lets a member do. `null` means without limit. */
export const Entitlements = Type.Object(
  {
    plan: PlanId,
    dailyLikes: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    seesLikesReceived: Type.Boolean(),
    rewind: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type Entitlements = Static<typeof Entitlements>

/** What a member without a subscription may do, and what counts when billing never answered. */
export const freeEntitlements: Entitlements = {
  plan: 'free',
  dailyLikes: 20,
  seesLikesReceived: false,
  rewind: false,
}

export const entitlements = defineCall({
  service: 'billing',
  verb: 'entitlements',
  description: 'What a member’s subscription allows now.',
  timeoutMs: 500,
  request: Type.Object({ memberId: Id('mem') }, { additionalProperties: false }),
  response: Type.Object({ entitlements: Entitlements }, { additionalProperties: false }),
  samples: {
    request: { memberId: 'mem_01k9zv8h5ae6wt3q4x7n2m0c1d' },
    response: { entitlements: freeEntitlements },
  },
})
