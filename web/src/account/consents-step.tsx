import { Checkbox } from '../design/choice.tsx'
import { LegalLink } from '../legal/legal-link.tsx'
import { useText } from '../text/use-text.ts'
import { type StepProps, useRegistrationField } from './use-registration-field.ts'

const consents = ['terms', 'privacy', 'sensitiveData', 'marketing'] as const
type Consent = (typeof consents)[number]

/** Each consent on its own, none given beforehand, and what it means in a sentence. */
export function ConsentsStep(props: StepProps) {
  const field = useRegistrationField(props)
  return (
    <div className="grid gap-4">
      {consents.map((consent) => {
        const { error, ...input } = field(consent)
        return (
          <div key={consent} className={consent === 'marketing' ? 'border-line border-t pt-4' : ''}>
            <Checkbox label={<Statement consent={consent} />} error={error} {...input} />
            {/* Beside the label and not in it: there it would be read out as part of what is agreed to. */}
            {(consent === 'terms' || consent === 'privacy') && (
              <LegalLink page={consent} read newTab className="ms-8 text-sm" />
            )}
          </div>
        )
      })}
    </div>
  )
}

/** What it means is part of what is agreed to, and read out with it. */
function Statement({ consent }: { consent: Consent }) {
  const t = useText()
  return (
    <>
      {t(`account.consent.${consent}`)}{' '}
      <span className="block pt-1 text-ink-soft text-sm">{t(`account.consent.${consent}.hint`)}</span>
    </>
  )
}
