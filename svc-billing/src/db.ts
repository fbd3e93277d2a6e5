import type { KitTables } from '@accord/kit/db/tables'
import type { JSONColumnType } from 'kysely'

export interface Database extends KitTables {
  customers: { member_id: string; stripe_customer_id: string; created_at: Date }
  checkouts: {
    member_id: string
    id: string
    plan: string
    stripe_session_id: string
    url: string
    state: 'open' | 'complete' | 'expired'
    expires_at: Date
  }
  subscriptions: {
    member_id: string
    stripe_subscription_id: string
    plan: string
    /** Stripe's own word: active, past_due, canceled, … */
    status: string
    current_period_end: Date | null
    cancel_at_period_end: boolean
    updated_at: Date
  }
  announced_plans: { member_id: string; state: JSONColumnType<object> }
  invoices: {
    member_id: string
    stripe_invoice_id: string
    number: string | null
    /** Minor units. */
    amount_minor: number
    currency: string
    status: string
    url: string | null
    issued_at: Date
  }
  ledger: {
    member_id: string
    stripe_invoice_id: string
    kind: 'charge' | 'refund'
    /** Minor units. */
    amount_minor: number
    currency: string
    occurred_at: Date
  }
  departed_members: { member_id: string; departed_at: Date }
  stripe_events: { id: string; type: string; received_at: Date }
}
