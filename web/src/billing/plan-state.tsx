import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import type { Subscription } from './queries.ts'
import type { PaymentPage } from './use-payment-page.ts'

/** How it stands with what the member pays for, and the way to change or end it. */
export function PlanState({ subscription, payment }: { subscription: Subscription; payment: PaymentPage }) {
  const t = useText()
  const isPastDue = subscription.status === 'past_due'
  return (
    <div className="grid justify-items-start gap-3">
      <State subscription={subscription} />
      <p className="max-w-prose text-ink-soft">{t('billing.manage.text')}</p>
      <Button look="secondary" busy={payment.opening === 'portal'} onClick={payment.manage}>
        {t(isPastDue ? 'billing.pastDue.action' : 'billing.manage')}
      </Button>
    </div>
  )
}

function State({
  subscription: { plan, status, cancelAtPeriodEnd, currentPeriodEnd },
}: {
  subscription: Subscription
}) {
  const t = useText()
  const format = useFormat()
  if (currentPeriodEnd === null) return null
  const values = { plan: t(`billing.plan.${plan}`), date: format.day(currentPeriodEnd) }
  if (status === 'past_due') return <Notice tone="bad">{t('billing.pastDue', values)}</Notice>
  if (cancelAtPeriodEnd) return <Notice>{t('billing.ends', values)}</Notice>
  return <Notice tone="premium">{t('billing.renews', values)}</Notice>
}
