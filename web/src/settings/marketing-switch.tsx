import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'
import { Switch } from '../design/choice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { toast } from '../design/toast.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import type { Consent } from './consents-section.tsx'
import { consentsQuery } from './queries.ts'

/** The one consent that is free: given and taken back with the same switch. */
export function MarketingSwitch({ consent: { granted, decidedAt } }: { consent: Consent }) {
  const t = useText()
  const format = useFormat()
  const problemText = useProblemText()
  const client = useQueryClient()
  const decide = useMutation({
    scope: { id: 'consents' },
    mutationFn: (marketing: boolean) => unwrap(api.PUT('/api/v1/users/consents', { body: { marketing } })),
    onSuccess: (consents) => client.setQueryData(consentsQuery.queryKey, consents),
    onError: (error) => toast(t('settings.mail.failed', { reason: problemText(error) })),
  })
  return (
    <Switch
      label={t('settings.consents.marketing')}
      hint={
        <>
          {t('settings.consents.marketing.text')}{' '}
          {decidedAt &&
            t('settings.consents.marketing.since', {
              state: granted ? 'on' : 'off',
              date: format.day(decidedAt),
            })}
        </>
      }
      checked={decide.isPending ? decide.variables : granted}
      onChange={(event) => decide.mutate(event.target.checked)}
    />
  )
}
