import { useInfiniteQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { Card, Section } from '../design/page.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { ShowMore } from '../design/show-more.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { type Invoice, invoicesQuery } from './queries.ts'

export function Invoices() {
  const t = useText()
  const problemText = useProblemText()
  const query = useInfiniteQuery(invoicesQuery)
  const { data, error, refetch } = query
  const invoices = data?.pages.flatMap((page) => page.data)
  return (
    <Section title={t('billing.invoices')}>
      {error && !data && (
        <div className="grid justify-items-start gap-3">
          <Notice>{problemText(error)}</Notice>
          <Button look="secondary" onClick={() => void refetch()}>
            {t('design.retry')}
          </Button>
        </div>
      )}
      {!error && !data && <Skeleton className="h-20 !rounded-card" />}
      {invoices?.length === 0 && <p className="text-ink-soft">{t('billing.invoices.empty')}</p>}
      {invoices && invoices.length > 0 && (
        <Card className="!py-2">
          <ul className="grid divide-y divide-line">
            {invoices.map((invoice) => (
              <InvoiceRow key={invoice.id} invoice={invoice} />
            ))}
          </ul>
          <ShowMore query={query} />
        </Card>
      )}
    </Section>
  )
}

function InvoiceRow({
  invoice: { id, number, amountMinor, currency, status, url, issuedAt },
}: {
  invoice: Invoice
}) {
  const t = useText()
  const format = useFormat()
  return (
    <li className="flex min-h-16 items-center justify-between gap-4 py-2">
      <div className="grid">
        <span className="font-medium">{format.day(issuedAt)}</span>
        <span className="text-ink-soft text-sm">
          <bdi>{number ?? id}</bdi> · {t(`billing.invoice.${stateOf(status)}`)}
        </span>
      </div>
      <div className="flex items-center gap-3">
        <span>{format.money(amountMinor, currency)}</span>
        {url && (
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            aria-label={t('billing.invoice.open', { number: number ?? id })}
            className="-me-2 inline-flex min-h-11 items-center gap-1.5 rounded-control px-2 font-semibold text-wine-text hover:bg-wine-soft"
          >
            {t('billing.invoice.view')}
            <ExternalLink size={16} aria-hidden="true" className="rtl:-scale-x-100" />
          </a>
        )}
      </div>
    </li>
  )
}

/** Stripe's words in the three that matter to who pays. */
function stateOf(status: string): 'paid' | 'unpaid' | 'void' {
  if (status === 'paid') return 'paid'
  return status === 'void' ? 'void' : 'unpaid'
}
