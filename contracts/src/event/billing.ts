import { type Static, Type } from '@sinclair/typebox'
import { defineEvent } from './define.ts'

export const PlanId = Type.Union([Type.Literal('free'), Type.Literal('plus'), Type.Literal('signature')])
export type PlanId = Static<typeof PlanId>

export const SubscriptionStatus = Type.Union([
  Type.Literal('active'),
  Type.Literal('past_due'),
  Type.Literal('canceled'),
])
export type SubscriptionStatus = Static<typeof SubscriptionStatus>

export const subscriptionChanged = defineEvent({
  type: 'billing.subscription.changed',
  aggregate: 'mem',
  version: 1,
  description: 'The plan a member is entitled to, or its state, has changed.',
  data: Type.Object(
    {
      plan: PlanId,
      status: SubscriptionStatus,
      /** End of the paid period, UTC, or null. */
      currentPeriodEnd: Type.Union([Type.String(), Type.Null()]),
      cancelAtPeriodEnd: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  sample: {
    plan: 'plus',
    status: 'active',
    currentPeriodEnd: '2026-12-24T00:00:00.000Z',
    cancelAtPeriodEnd: false,
  },
})
