import { Chip, ChoiceGroup } from '../design/choice.tsx'
import { useText } from '../text/use-text.ts'
import type { Gender } from './profile-draft.ts'

const genders = ['woman', 'man', 'nonbinary'] as const

interface GenderFieldProps {
  value: Gender | null
  onChange(gender: Gender): void
  error?: string | undefined
}

export function GenderField({ value, onChange, error }: GenderFieldProps) {
  const t = useText()
  return (
    <ChoiceGroup legend={t('profile.gender.label')} error={error}>
      {genders.map((gender) => (
        <Chip
          key={gender}
          type="radio"
          name="gender"
          label={t(`profile.gender.${gender}`)}
          checked={value === gender}
          onChange={() => onChange(gender)}
        />
      ))}
    </ChoiceGroup>
  )
}
