import { type MemberId, toUuid } from '@accord/contracts/id'
import type { Kysely, Transaction } from 'kysely'
import type Stripe from 'stripe'
import type { Database } from '../db.ts'

export interface InvoiceRow {
  stripe_invoice_id: string
  number: string | null
  amount_minor: number
  currency: string
  status: string
  url: string | null
  issued_at: Date
}

/** Stores an invoice as Stripe has it now, and its payment in the ledger, once. */
export async function recordInvoice(
  trx: Transaction<Database>,
  memberId: MemberId,
  invoice: Stripe.Invoice,
): Promise<void> {
  const row = {
    number: invoice.number,
    amount_minor: invoice.total,
    currency: invoice.currency,
    status: invoice.status ?? 'draft',
    url: invoice.hosted_invoice_url ?? null,
    issued_at: new Date(invoice.created * 1000),
  }
  await trx
    .insertInto('invoices')
    .values({ member_id: toUuid(memberId), stripe_invoice_id: invoice.id, ...row })
    .onConflict((conflict) => conflict.columns(['member_id', 'stripe_invoice_id']).doUpdateSet(row))
    .execute()
  if (invoice.status !== 'paid' || invoice.amount_paid === 0) return
  await trx
    .insertInto('ledger')
    .values({
      member_id: toUuid(memberId),
      stripe_invoice_id: invoice.id,
      kind: 'charge',
      amount_minor: invoice.amount_paid,
      currency: invoice.currency,
      occurred_at: new Date((invoice.status_transitions.paid_at ?? invoice.created) * 1000),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The member's invoices, the newest first; `before` is where the last page ended. */
export async function invoicesOf(
  db: Kysely<Database>,
  memberId: MemberId,
  limit: number,
  before: { issuedAt: Date; id: string } | null,
): Promise<InvoiceRow[]> {
  return db
    .selectFrom('invoices')
    .select(['stripe_invoice_id', 'number', 'amount_minor', 'currency', 'status', 'url', 'issued_at'])
    .where('member_id', '=', toUuid(memberId))
    .$if(before !== null, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('issued_at', 'stripe_invoice_id'),
          '<',
          tuple(before?.issuedAt ?? new Date(0), before?.id ?? ''),
        ),
      ),
    )
    .orderBy('issued_at', 'desc')
    .orderBy('stripe_invoice_id', 'desc')
    .limit(limit)
    .execute()
}
