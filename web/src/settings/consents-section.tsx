import { useQuery } from '@tanstack/react-query'
import type { Schemas } from '../api/client.ts'
import { Card, Section } from '../design/page.tsx'
import { LegalLink } from '../legal/legal-link.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { MarketingSwitch } from './marketing-switch.tsx'
import { PartError } from './part-error.tsx'
import { consentsQuery } from './queries.ts'
import { RowSkeletons } from './row-skeletons.tsx'

export type Consent = Schemas['Consents']['consents'][number]

/** What the member agreed to, when, and to which version of it. */
export function ConsentsSection() {
  const t = useText()
  const { data, error, refetch } = useQuery(consentsQuery)
  const marketing = data?.consents.find(({ kind }) => kind === 'marketing')
  return (
    <Section title={t('settings.consents.title')}>
      {error && !data ? (
        <PartError error={error} retry={() => void refetch()} />
      ) : (
        <>
          <Card className="grid gap-4">
            {data ? (
              <ul className="-my-2 grid divide-y divide-line">
                {data.consents
                  .filter(({ required }) => required)
                  .map((consent) => (
                    <RequiredConsent key={consent.kind} consent={consent} />
                  ))}
              </ul>
            ) : (
              <RowSkeletons count={3} />
            )}
            <p className="text-ink-soft">{t('settings.consents.required')}</p>
          </Card>
          {marketing && (
            <Card>
              <MarketingSwitch consent={marketing} />
            </Card>
          )}
        </>
      )}
    </Section>
  )
}

function RequiredConsent({
  consent: { kind, granted, version, currentVersion, decidedAt },
}: {
  consent: Consent
}) {
  const t = useText()
  const format = useFormat()
  return (
    <li className="grid min-h-16 content-center gap-0.5 py-3">
      <span className="font-medium">{t(`settings.consents.${kind}`)}</span>
      {kind === 'sensitiveData' && (
        <span className="text-sm">{t('settings.consents.sensitiveData.text')}</span>
      )}
      <span className="text-ink-soft text-sm">
        {granted && decidedAt
          ? t('settings.consents.agreed', { date: format.day(decidedAt), version: version ?? '' })
          : t('settings.consents.notAgreed')}
      </span>
      {granted && version !== currentVersion && (
        <span className="text-ink-soft text-sm">
          {t('settings.consents.newer', { version: currentVersion })}
        </span>
      )}
      {(kind === 'terms' || kind === 'privacy') && (
        <LegalLink page={kind} read className="justify-self-start text-sm" />
      )}
    </li>
  )
}
