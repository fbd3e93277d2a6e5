import { type ReactNode, useId } from 'react'
import { ChoiceGroup } from '../design/choice.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { type StepProps, useRegistrationField } from './use-registration-field.ts'

/**
 * A birth date in three fields: it is known by heart and typed faster than it is found in a calendar, and nobody
 * has to guess which number is the month.
 */
export function BirthDateFields(props: StepProps) {
  const t = useText()
  const id = useId()
  const format = useFormat()
  const field = useRegistrationField(props)
  const { error, ...day } = field('birthDay')
  const { error: _month, ...month } = field('birthMonth', 'birthDay')
  const { error: _year, ...year } = field('birthYear', 'birthDay')
  const wrong = error ? (true as const) : undefined
  return (
    <ChoiceGroup legend={t('account.birth.label')} hint={t('account.birth.hint')} error={error}>
      <div className="grid w-full grid-cols-[4.5rem_1fr_6rem] gap-3">
        <Part id={`${id}-day`} label={t('account.birth.day')}>
          <input
            id={`${id}-day`}
            className="field"
            inputMode="numeric"
            autoComplete="bday-day"
            maxLength={2}
            aria-invalid={wrong}
            {...day}
          />
        </Part>
        <Part id={`${id}-month`} label={t('account.birth.month')}>
          <select
            id={`${id}-month`}
            className="field"
            autoComplete="bday-month"
            aria-invalid={wrong}
            {...month}
          >
            <option value="" />
            {months.map((date, index) => (
              <option key={date.getTime()} value={index + 1}>
                {format.month(date)}
              </option>
            ))}
          </select>
        </Part>
        <Part id={`${id}-year`} label={t('account.birth.year')}>
          <input
            id={`${id}-year`}
            className="field"
            inputMode="numeric"
            autoComplete="bday-year"
            maxLength={4}
            aria-invalid={wrong}
            {...year}
          />
        </Part>
      </div>
    </ChoiceGroup>
  )
}

function Part({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-ink-soft text-sm">
        {label}
      </label>
      {children}
    </div>
  )
}

const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 1)))
