import type { Databases } from '@accord/kit/db/database'
import type { ServiceBase } from '@accord/kit/service'
import type Stripe from 'stripe'
import type { Database } from './db.ts'
import type { StripeRoom } from './stripe-room.ts'

export interface Deps extends ServiceBase {
  db: Databases<Database>
  stripe: Stripe
  stripeRoom: StripeRoom
  /** Address of the web app, without a slash at the end. */
  publicUrl: string
  webhookSecret: string
}
