import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Clock, Gem } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, ButtonLink } from '../design/button.tsx'
import { Page } from '../design/page.tsx'
import { EmptyState, ErrorState } from '../design/state.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { invoicesQuery, type Subscription, subscriptionQuery } from './queries.ts'

/** A minute and a half; the payment service mostly tells within a second. */
const pausesMs = [1_000, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000, 15_000, 20_000, 25_000]

/**
 * Back from the payment page. What was paid for is there once the payment service has told the platform. Who comes
 * without a checkout in the address has bought nothing there, and nothing is waited for.
 */
export function DoneScreen() {
  const t = useText()
  const { checkout } = useSearch({ from: '/inside/billing/done' })
  const isPaid = checkout !== undefined
  const { subscription, isFree, error, isOver, askAgain } = useArrival(isPaid)
  return (
    <Page title={t('billing.done.title')} narrow>
      <div role="status">
        {subscription ? (
          <Thanks subscription={subscription} />
        ) : !isPaid && error ? (
          <ErrorState error={error} retry={askAgain} />
        ) : !isPaid && isFree ? (
          <NothingBought />
        ) : isOver ? (
          <EmptyState
            icon={<Clock size={28} aria-hidden="true" />}
            title={t('billing.done.later')}
            text={t('billing.done.later.text')}
          >
            <Button look="secondary" onClick={askAgain}>
              {t('billing.done.look')}
            </Button>
            <ButtonLink look="quiet" to="/discover">
              {t('billing.done.on')}
            </ButtonLink>
          </EmptyState>
        ) : (
          <EmptyState
            icon={<Clock size={28} aria-hidden="true" className="animate-pulse-soft" />}
            title={t('billing.done.waiting')}
            text={t('billing.done.waiting.text')}
          />
        )}
      </div>
    </Page>
  )
}

function Thanks({ subscription: { plan, currentPeriodEnd } }: { subscription: Subscription }) {
  const t = useText()
  const format = useFormat()
  return (
    <EmptyState
      icon={<Gem size={28} aria-hidden="true" className="text-brass" />}
      title={t('billing.done.thanks')}
      text={
        <>
          {t('billing.done.thanks.text', { plan: t(`billing.plan.${plan}`) })}{' '}
          {currentPeriodEnd && t('billing.done.renews', { date: format.day(currentPeriodEnd) })}
        </>
      }
    >
      <ButtonLink to="/discover">{t('billing.done.on')}</ButtonLink>
      <ButtonLink look="quiet" to="/billing">
        {t('billing.done.plans')}
      </ButtonLink>
    </EmptyState>
  )
}

function NothingBought() {
  const t = useText()
  return (
    <EmptyState
      icon={<Gem size={28} aria-hidden="true" />}
      title={t('billing.done.nothing')}
      text={t('billing.done.nothing.text', { plan: t('billing.plan.free') })}
    >
      <ButtonLink to="/billing">{t('billing.done.nothing.plans')}</ButtonLink>
      <ButtonLink look="quiet" to="/discover">
        {t('billing.done.on')}
      </ButtonLink>
    </EmptyState>
  )
}

/** Asks for the subscription; where one is expected, with growing pauses until it is there or it is no use to go on. */
function useArrival(isExpected: boolean) {
  const client = useQueryClient()
  const { data, error, isFetchedAfterMount, refetch } = useQuery({ ...subscriptionQuery, staleTime: 0 })
  const [asked, setAsked] = useState(0)
  const subscription = data && data.plan !== 'free' ? data : null
  const isThere = subscription !== null
  useEffect(() => {
    const pause = pausesMs[asked]
    if (!isExpected || isThere || pause === undefined) return
    const timer = setTimeout(() => void refetch().finally(() => setAsked(asked + 1)), pause)
    return () => clearTimeout(timer)
  }, [asked, isExpected, isThere, refetch])
  useEffect(() => {
    if (!isThere) return
    // The plan decides what these hold.
    for (const queryKey of [['deck'], ['likes'], invoicesQuery.queryKey])
      void client.invalidateQueries({ queryKey })
  }, [isThere, client])
  return {
    subscription,
    /** As the platform says now, not as it was remembered here. */
    isFree: data?.plan === 'free' && isFetchedAfterMount,
    error,
    isOver: asked >= pausesMs.length,
    askAgain: () => {
      setAsked(0)
      void refetch()
    },
  }
}
