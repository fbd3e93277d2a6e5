import type { Databases } from '@accord/kit/db/database'
import type { ServiceBase, ServiceParts } from '@accord/kit/service'
import { createApp } from './app.ts'
import type { BillingConfig } from './config.ts'
import type { Database } from './db.ts'
import type { Deps } from './deps.ts'
import { memberConsumer } from './member/forget.ts'
import { createStripe } from './stripe.ts'
import { createStripeRoom } from './stripe-room.ts'
import { entitlementsAnswer } from './subscription/entitlements.ts'

/** Everything billing serves, put together on what the process gives it. */
export function billingParts(
  base: ServiceBase & { db: Databases<Database> },
  config: BillingConfig,
): ServiceParts {
  const deps: Deps = {
    ...base,
    stripe: createStripe(config.STRIPE_API_KEY, config.STRIPE_API_URL),
    stripeRoom: createStripeRoom(),
    webhookSecret: config.STRIPE_WEBHOOK_SECRET,
    publicUrl: config.PUBLIC_URL.replace(/\/$/, ''),
  }
  return { app: createApp(deps), answers: [entitlementsAnswer(deps)], consumers: [memberConsumer(deps)] }
}
