import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, unwrap } from '../api/client.ts'
import { Switch } from '../design/choice.tsx'
import { Card } from '../design/page.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { Skeleton } from '../design/skeleton.tsx'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { PartError } from './part-error.tsx'
import { mailPreferencesQuery } from './queries.ts'

const kinds = ['match', 'message', 'subscription'] as const
type Mail = Record<(typeof kinds)[number], boolean>

const mutationKey = ['mail-preferences']

/** Which news also come by mail: switched at once, and switched back when it could not be stored. */
export function MailSwitches() {
  const t = useText()
  const problemText = useProblemText()
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(mailPreferencesQuery)
  const stored = useRef(data)
  const isLast = () => client.isMutating({ mutationKey }) === 1
  const settle = () => {
    if (isLast()) client.setQueryData(mailPreferencesQuery.queryKey, stored.current)
  }
  const store = useMutation({
    mutationKey,
    // One after the other: each carries all three, and the last one counts.
    scope: { id: 'mail-preferences' },
    mutationFn: (mail: Mail) => unwrap(api.PUT('/api/v1/notifications/preferences', { body: { mail } })),
    onMutate: async (mail) => {
      await client.cancelQueries(mailPreferencesQuery)
      // What is shown is stored, unless another one is still on its way.
      if (isLast()) stored.current = client.getQueryData(mailPreferencesQuery.queryKey)
      client.setQueryData(mailPreferencesQuery.queryKey, { mail })
    },
    onSuccess: (_, mail) => {
      stored.current = { mail }
      settle()
    },
    onError: (failure) => {
      settle()
      toast(t('settings.mail.failed', { reason: problemText(failure) }))
    },
  })
  if (error && !data) return <PartError error={error} retry={() => void refetch()} />
  return (
    <Card className="grid gap-2">
      <p className="text-ink-soft">{t('settings.mail.text')}</p>
      {kinds.map((kind) =>
        data ? (
          <Switch
            key={kind}
            label={t(`settings.mail.${kind}`)}
            checked={data.mail[kind]}
            onChange={(event) => store.mutate({ ...data.mail, [kind]: event.target.checked })}
          />
        ) : (
          <div key={kind} className="flex min-h-12 items-center justify-between" aria-busy="true">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-7 w-12 !rounded-full" />
          </div>
        ),
      )}
    </Card>
  )
}
