import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { useProblemText } from '../design/problem-text.ts'
import { useText } from '../text/use-text.ts'
import { type Plan, subscriptionQuery } from './queries.ts'

export interface PaymentPage {
  choose(plan: Plan['id']): void
  manage(): void
  /** What is being opened. */
  opening: Plan['id'] | 'portal' | null
  problem: string | null
}

/**
 * Leads to the page of the payment service, which is on another origin: there by a navigation of the whole
 * window, as forms may not be sent elsewhere.
 */
export function usePaymentPage(): PaymentPage {
  const t = useText()
  const problemText = useProblemText()
  const client = useQueryClient()
  const { mutate, reset, isIdle, isError, error, variables } = useMutation({
    mutationFn: async (what: Plan['id'] | 'portal') => {
      const { url } = await (what === 'portal'
        ? unwrap(api.POST('/api/v1/billing/portal'))
        : unwrap(api.POST('/api/v1/billing/checkout', { body: { plan: what } })))
      location.assign(url)
    },
    // What is shown was not how it is.
    onError: () => client.invalidateQueries(subscriptionQuery),
  })
  useEffect(() => {
    // Back from there, the page may be shown as it was left: busy.
    const shownAgain = (event: PageTransitionEvent) => {
      if (!event.persisted) return
      reset()
      void client.invalidateQueries(subscriptionQuery)
    }
    addEventListener('pageshow', shownAgain)
    return () => removeEventListener('pageshow', shownAgain)
  }, [client, reset])

  function problem(): string | null {
    if (!isError) return null
    switch (isProblem(error) ? error.code : null) {
      case 'already_subscribed':
        return t('billing.problem.subscribed')
      case 'no_subscription':
        return t('billing.problem.none')
      case 'unavailable':
      case 'timed_out':
        return t('billing.problem.away')
      default:
        return problemText(error)
    }
  }

  return {
    choose: mutate,
    manage: () => mutate('portal'),
    // Also once the answer is there, for as long as the other page takes to appear.
    opening: isIdle || isError ? null : (variables ?? null),
    problem: problem(),
  }
}
