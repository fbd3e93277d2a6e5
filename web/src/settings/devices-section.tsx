import { useQuery } from '@tanstack/react-query'
import { Badge } from '../design/notice.tsx'
import { Card, Section } from '../design/page.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { PartError } from './part-error.tsx'
import { devicesQuery } from './queries.ts'
import { RowSkeletons } from './row-skeletons.tsx'

/** Browsers and phones that are not asked for a mailed code. */
export function DevicesSection() {
  const t = useText()
  const format = useFormat()
  const { data: devices, error, refetch } = useQuery(devicesQuery)
  return (
    <Section title={t('settings.devices.title')}>
      {error && !devices ? (
        <PartError error={error} retry={() => void refetch()} />
      ) : (
        <Card className="grid gap-2">
          <p className="text-ink-soft">{t('settings.devices.text')}</p>
          {devices?.data.length === 0 && <p>{t('settings.devices.empty')}</p>}
          {devices ? (
            <ul className="-my-2 grid divide-y divide-line empty:hidden">
              {devices.data.map(({ id, label, lastSeenAt, trusted }) => (
                <li key={id} className="flex min-h-16 items-center justify-between gap-4 py-2">
                  <div className="grid">
                    <span className="font-medium">
                      <bdi>{label}</bdi>
                    </span>
                    <span className="text-ink-soft text-sm">
                      {t('settings.devices.seen', { date: format.dayAndTime(lastSeenAt) })}
                    </span>
                  </div>
                  {trusted && <Badge>{t('settings.devices.trusted')}</Badge>}
                </li>
              ))}
            </ul>
          ) : (
            <RowSkeletons count={2} />
          )}
        </Card>
      )}
    </Section>
  )
}
