import { defaultPageLimit, PageOf, PageQuery } from '@accord/contracts/page'
import { decodeTimeCursor, pageOf } from '@accord/kit/http/cursor'
import { operation, routes } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import type { Deps } from '../deps.ts'
import { type InvoiceRow, invoicesOf } from './store.ts'

const InvoiceView = Type.Object(
  {
    id: Type.String({ description: 'Stripe’s id of the invoice.' }),
    number: Type.Union([Type.String(), Type.Null()]),
    amountMinor: Type.Integer({ description: 'Minor units (cents).' }),
    currency: Type.String(),
    status: Type.String({ examples: ['paid', 'open', 'void'] }),
    url: Type.Union([Type.String(), Type.Null()], { description: 'Page with the invoice.' }),
    issuedAt: Type.String(),
  },
  { additionalProperties: false },
)

export const invoiceRoutes = (deps: Deps) =>
  routes().get(
    '/api/v1/billing/invoices',
    async ({ caller, query }) => {
      const limit = query.limit ?? defaultPageLimit
      const before = query.cursor === undefined ? null : cursorOf(query.cursor)
      const rows = await invoicesOf(deps.db.primary, caller.actor.memberId, limit + 1, before)
      const page = pageOf(rows, limit, (row) => [row.issued_at.toISOString(), row.stripe_invoice_id])
      return { ...page, data: page.data.map(viewOf) }
    },
    operation({
      id: 'listInvoices',
      access: 'member',
      tags: ['billing'],
      summary: 'The member’s own invoices, the newest first',
      query: PageQuery,
      response: { 200: PageOf(InvoiceView) },
    }),
  )

function cursorOf(cursor: string): { issuedAt: Date; id: string } {
  const { time, id } = decodeTimeCursor(cursor, isInvoiceId)
  return { issuedAt: time, id }
}

const isInvoiceId = (text: string): text is `in_${string}` => /^in_\w+$/.test(text)

function viewOf(row: InvoiceRow) {
  return {
    id: row.stripe_invoice_id,
    number: row.number,
    amountMinor: row.amount_minor,
    currency: row.currency,
    status: row.status,
    url: row.url,
    issuedAt: row.issued_at.toISOString(),
  }
}
