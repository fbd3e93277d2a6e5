import { PlanId } from '@accord/contracts/event/billing'
import { Id } from '@accord/contracts/id'
import { unwrap } from '@accord/kit/error'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { openPortal } from './portal.ts'
import { startCheckout } from './start.ts'

const strict = { additionalProperties: false }

export const checkoutRoutes = (deps: Deps) =>
  routes()
    .post(
      '/api/v1/billing/checkout',
      async ({ caller, body, set }) => {
        const checkout = unwrap(await startCheckout(deps, caller.actor.memberId, body.plan))
        set.status = 201
        return { id: checkout.id, url: checkout.url, expiresAt: checkout.expiresAt.toISOString() }
      },
      operation({
        id: 'startCheckout',
        access: 'member',
        tags: ['billing'],
        summary: 'Open the payment page for a plan',
        description:
          'Send the member’s browser to `url`; Stripe sends it back. The subscription begins when Stripe’s webhook has arrived. ' +
          'While a page for the same plan is open, the same page is given.',
        body: Type.Object({ plan: PlanId }, strict),
        response: {
          201: Type.Object(
            { id: Id('chk'), url: Type.String({ format: 'uri' }), expiresAt: Type.String() },
            strict,
          ),
        },
        errors: ['plan_unknown', 'already_subscribed', 'account_closed', 'unavailable'],
      }),
    )
    .post(
      '/api/v1/billing/portal',
      async ({ caller }) => unwrap(await openPortal(deps, caller.actor.memberId)),
      operation({
        id: 'openPortal',
        access: 'member',
        tags: ['billing'],
        summary: 'Open the page where a subscription is changed or ended',
        response: { 200: Type.Object({ url: Type.String({ format: 'uri' }) }, strict) },
        errors: ['no_subscription', 'unavailable'],
      }),
    )
