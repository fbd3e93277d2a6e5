import { useQuery } from '@tanstack/react-query'
import { Card } from '../design/page.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { PartError } from './part-error.tsx'
import { accountQuery } from './queries.ts'

/** Whose account it is; name and address are read here, and changed nowhere. */
export function AccountSummary() {
  const t = useText()
  const format = useFormat()
  const { data: account, error, refetch } = useQuery(accountQuery)
  if (error && !account) return <PartError error={error} retry={() => void refetch()} />
  const rows = [
    { label: t('settings.account.name'), value: account?.displayName },
    { label: t('settings.account.email'), value: account?.email },
    { label: t('settings.account.role'), value: account && t(`settings.account.role.${account.role}`) },
    { label: t('settings.account.since'), value: account && format.day(account.createdAt) },
  ]
  return (
    <Card>
      <dl className="grid gap-4" aria-busy={!account}>
        {rows.map(({ label, value }) => (
          <div key={label} className="grid gap-0.5 sm:grid-cols-[10rem_1fr] sm:gap-4">
            <dt className="text-ink-soft">{label}</dt>
            <dd className="min-w-0 break-words">
              {value === undefined ? <Skeleton className="my-1 h-4 w-2/3" /> : <bdi>{value}</bdi>}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
