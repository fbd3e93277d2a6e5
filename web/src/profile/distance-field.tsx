import { useState } from 'react'
import { Chip, ChoiceGroup } from '../design/choice.tsx'
import { useText } from '../text/use-text.ts'

const usual = [10, 25, 50, 100, 250, 500]

/** How far away somebody may live; null is anywhere. A distance that was set elsewhere stays to be chosen. */
export function DistanceField({
  value,
  onChange,
}: {
  value: number | null
  onChange(km: number | null): void
}) {
  const t = useText()
  const [distances] = useState(() =>
    value === null || usual.includes(value) ? usual : [...usual, value].sort((a, b) => a - b),
  )
  return (
    <ChoiceGroup legend={t('profile.preferences.distance')} hint={t('profile.preferences.distanceHint')}>
      {distances.map((km) => (
        <Chip
          key={km}
          type="radio"
          name="distance"
          label={t('profile.preferences.km', { km })}
          checked={value === km}
          onChange={() => onChange(km)}
        />
      ))}
      <Chip
        type="radio"
        name="distance"
        label={t('profile.preferences.anywhere')}
        checked={value === null}
        onChange={() => onChange(null)}
      />
    </ChoiceGroup>
  )
}
