import { createServiceApp } from '@accord/kit/http/app'
import { checkoutRoutes } from './checkout/routes.ts'
import type { Deps } from './deps.ts'
import { invoiceRoutes } from './invoice/routes.ts'
import { planRoutes } from './plan/routes.ts'
import { subscriptionRoutes } from './subscription/routes.ts'
import { webhookRoutes } from './webhook/routes.ts'

/** Billing's HTTP interface. */
export function createApp(deps: Deps) {
  return createServiceApp({ ...deps, service: 'billing' })
    .use(planRoutes())
    .use(checkoutRoutes(deps))
    .use(subscriptionRoutes(deps))
    .use(invoiceRoutes(deps))
    .use(webhookRoutes(deps))
}
