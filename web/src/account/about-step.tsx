import { TextField } from '../design/field.tsx'
import { useText } from '../text/use-text.ts'
import { BirthDateFields } from './birth-date-fields.tsx'
import { type StepProps, useRegistrationField } from './use-registration-field.ts'

export function AboutStep(props: StepProps) {
  const t = useText()
  const field = useRegistrationField(props)
  return (
    <>
      <TextField
        label={t('account.name.label')}
        hint={t('account.name.hint')}
        autoComplete="given-name"
        maxLength={40}
        {...field('displayName')}
      />
      <BirthDateFields {...props} />
    </>
  )
}
