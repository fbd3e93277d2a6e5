import { ChoiceGroup, RadioCard } from '../design/choice.tsx'
import { useText } from '../text/use-text.ts'
import { type StepProps, useRegistrationField } from './use-registration-field.ts'

export function RoleStep(props: StepProps) {
  const t = useText()
  const { error, ...role } = useRegistrationField(props)('role')
  return (
    <ChoiceGroup legend={t('account.role.label')} error={error}>
      {(['benefactor', 'companion'] as const).map((value) => (
        <RadioCard
          key={value}
          value={value}
          label={t(`account.role.${value}`)}
          text={t(`account.role.${value}.text`)}
          {...role}
        />
      ))}
    </ChoiceGroup>
  )
}
