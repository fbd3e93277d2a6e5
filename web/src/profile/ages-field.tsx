import { useId } from 'react'
import { useText } from '../text/use-text.ts'
import { Slider } from './slider.tsx'

interface AgesFieldProps {
  min: number
  max: number
  onChange(ages: { ageMin: number } | { ageMax: number }): void
}

const youngest = 18
const oldest = 99

/** From an age to an age: two sliders, of which neither passes the other. */
export function AgesField({ min, max, onChange }: AgesFieldProps) {
  const t = useText()
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1.5 font-medium">{t('profile.preferences.ages', { min, max })}</legend>
      <AgeSlider
        label={t('profile.preferences.from')}
        value={min}
        to={Math.max(oldest, max)}
        onChange={(age) => onChange({ ageMin: Math.min(age, max) })}
      />
      <AgeSlider
        label={t('profile.preferences.to')}
        value={max}
        to={Math.max(oldest, max)}
        onChange={(age) => onChange({ ageMax: Math.max(age, min) })}
      />
    </fieldset>
  )
}

function AgeSlider({
  label,
  value,
  to,
  onChange,
}: {
  label: string
  value: number
  to: number
  onChange(value: number): void
}) {
  const t = useText()
  const id = useId()
  return (
    <div className="grid grid-cols-[4rem_minmax(0,1fr)_2.5rem] items-center gap-3">
      <label htmlFor={id} className="text-ink-soft">
        {label}
      </label>
      <Slider
        id={id}
        min={youngest}
        max={to}
        value={value}
        aria-valuetext={t('profile.preferences.years', { count: value })}
        onChange={onChange}
      />
      <output htmlFor={id} className="text-end tabular-nums">
        {value}
      </output>
    </div>
  )
}
