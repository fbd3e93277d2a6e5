import { PasswordField } from '../design/field.tsx'
import { useText } from '../text/use-text.ts'
import { EmailField } from './email-field.tsx'
import { type StepProps, useRegistrationField } from './use-registration-field.ts'

export function AccessStep(props: StepProps) {
  const t = useText()
  const field = useRegistrationField(props)
  return (
    <>
      <EmailField label={t('account.email.label')} hint={t('account.email.hint')} {...field('email')} />
      <PasswordField
        label={t('account.password.label')}
        hint={t('account.password.hint')}
        autoComplete="new-password"
        {...field('password')}
      />
    </>
  )
}
