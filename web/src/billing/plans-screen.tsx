import { useQuery } from '@tanstack/react-query'
import { Notice } from '../design/notice.tsx'
import { Page } from '../design/page.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { ErrorState } from '../design/state.tsx'
import { useText } from '../text/use-text.ts'
import { Invoices } from './invoices.tsx'
import { PlanCard } from './plan-card.tsx'
import { PlanState } from './plan-state.tsx'
import { plansQuery, subscriptionQuery } from './queries.ts'
import { usePaymentPage } from './use-payment-page.ts'

/** The plans side by side, none put forward; the member's own is marked. */
export function PlansScreen() {
  const t = useText()
  const plans = useQuery(plansQuery)
  const subscription = useQuery(subscriptionQuery)
  const payment = usePaymentPage()
  const error = (!plans.data && plans.error) || (!subscription.data && subscription.error)
  const retry = () => {
    void plans.refetch()
    void subscription.refetch()
  }
  if (error) {
    return (
      <Page title={t('billing.title')} back="/settings">
        <ErrorState error={error} retry={retry} />
      </Page>
    )
  }
  const isLoaded = plans.data && subscription.data
  const isFree = subscription.data?.plan === 'free'
  return (
    <Page title={t('billing.title')} back="/settings">
      <p className="max-w-prose text-ink-soft">{t('billing.intro')}</p>
      {payment.problem && <Notice tone="bad">{payment.problem}</Notice>}
      {subscription.data && !isFree && <PlanState subscription={subscription.data} payment={payment} />}
      <ul className="grid gap-4 md:grid-cols-3" aria-busy={!isLoaded}>
        {isLoaded
          ? plans.data.data.map((plan) => (
              <PlanCard
                key={plan.id}
                plan={plan}
                isCurrent={plan.id === subscription.data.plan}
                choose={isFree && plan.price.amountMinor > 0 ? () => payment.choose(plan.id) : null}
                isOpening={payment.opening === plan.id}
              />
            ))
          : ['free', 'plus', 'signature'].map((id) => (
              <li key={id}>
                <Skeleton className="h-80 !rounded-card" />
              </li>
            ))}
      </ul>
      {isLoaded && (
        <p className="text-ink-soft text-sm">{t(isFree ? 'billing.choose.hint' : 'billing.manage.other')}</p>
      )}
      <Invoices />
    </Page>
  )
}
