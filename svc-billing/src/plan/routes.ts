import { Entitlements } from '@accord/contracts/call/billing'
import { PlanId } from '@accord/contracts/event/billing'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import { plans } from './plans.ts'

const strict = { additionalProperties: false }

const PlanView = Type.Object(
  {
    id: PlanId,
    name: Type.String(),
    description: Type.String(),
    price: Type.Object(
      {
        amountMinor: Type.Integer({ description: 'Minor units (cents).' }),
        currency: Type.String({ examples: ['eur'] }),
        interval: Type.Literal('month'),
      },
      strict,
    ),
    entitlements: Entitlements,
  },
  strict,
)

export const planRoutes = () =>
  routes().get(
    '/api/v1/billing/plans',
    () => ({
      data: plans.map(({ id, name, description, amountMinor, currency, entitlements }) => ({
        id,
        name,
        description,
        price: { amountMinor, currency, interval: 'month' as const },
        entitlements,
      })),
    }),
    operation({
      id: 'listPlans',
      access: 'public',
      tags: ['billing'],
      summary: 'The plans that can be subscribed to',
      response: { 200: Type.Object({ data: Type.Array(PlanView) }, strict) },
    }),
  )
