import { unwrap } from '@accord/kit/error'
import { operation, RawBody, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { receiveStripeEvent } from './receive.ts'

export const webhookRoutes = (deps: Deps) =>
  routes().post(
    '/api/v1/billing/webhooks/stripe',
    async ({ body, headers }) => {
      const outcome = unwrap(
        await receiveStripeEvent(deps, new TextDecoder().decode(body), headers['stripe-signature']),
      )
      return { outcome }
    },
    operation({
      id: 'receiveStripeWebhook',
      access: 'webhook',
      tags: ['billing'],
      rate: 'webhook',
      maxBodyBytes: 512 * 1024,
      summary: 'Stripe’s events',
      description:
        'For Stripe only: the signature over the raw body is the proof. An event may come again; it is applied once.',
      body: RawBody,
      headers: Type.Object({ 'stripe-signature': Type.String({ maxLength: 2048 }) }),
      response: {
        200: Type.Object(
          { outcome: Type.Union([Type.Literal('applied'), Type.Literal('known')]) },
          { additionalProperties: false },
        ),
      },
      errors: ['signature_invalid', 'unavailable'],
    }),
  )
