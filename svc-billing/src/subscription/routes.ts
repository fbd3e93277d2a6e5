import { Entitlements } from '@accord/contracts/call/billing'
import { PlanId, SubscriptionStatus } from '@accord/contracts/event/billing'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { entitlementsOf } from './entitlements.ts'

const SubscriptionView = Type.Object(
  {
    plan: PlanId,
    status: SubscriptionStatus,
    currentPeriodEnd: Type.Union([Type.String({ description: 'UTC, ISO 8601.' }), Type.Null()]),
    cancelAtPeriodEnd: Type.Boolean(),
    entitlements: Entitlements,
  },
  { additionalProperties: false },
)

export const subscriptionRoutes = (deps: Deps) =>
  routes().get(
    '/api/v1/billing/subscription',
    async ({ caller }) => {
      const { plan, entitlements } = await entitlementsOf(
        deps.db.primary,
        caller.actor.memberId,
        deps.clock(),
      )
      return { ...plan, entitlements }
    },
    operation({
      id: 'getSubscription',
      access: 'member',
      tags: ['billing'],
      summary: 'The member’s own subscription and what it allows',
      response: { 200: SubscriptionView },
    }),
  )
