import { useEffect } from 'react'
import { useForm } from 'react-hook-form'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { PasswordField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { EmailField } from './email-field.tsx'
import { problemText } from './problem-text.ts'
import { sendConfirmation } from './requests.ts'
import { isEmail } from './rules.ts'
import { SendAgain } from './send-again.tsx'

interface PasswordStageProps {
  given: { email: string; password: string }
  busy: boolean
  error: Error | null
  onSubmit(values: { email: string; password: string }): void
}

/** The first step of a sign-in. */
export function PasswordStage({ given, busy, error, onSubmit }: PasswordStageProps) {
  const t = useText()
  const { register, handleSubmit, formState, setFocus } = useForm({ defaultValues: given })
  const { errors } = formState
  const cameBack = given.password !== ''
  useEffect(() => {
    if (cameBack) setFocus('email')
  }, [cameBack, setFocus])
  return (
    <div className="grid gap-5">
      <form
        noValidate
        className="grid gap-5"
        onSubmit={handleSubmit((values) => onSubmit({ ...values, email: values.email.trim() }))}
      >
        <EmailField
          label={t('account.email.label')}
          error={errors.email?.message}
          {...register('email', { validate: (email) => isEmail(email) || t('account.email.problem') })}
          autoComplete="username"
        />
        <PasswordField
          label={t('account.password.label')}
          autoComplete="current-password"
          error={errors.password?.message}
          {...register('password', { required: t('account.password.missing') })}
        />
        {error && <Notice tone="bad">{problemText(t, error)}</Notice>}
        <Button type="submit" wide busy={busy}>
          {t('account.signIn.action')}
        </Button>
      </form>
      {isProblem(error) && error.code === 'email_not_confirmed' && (
        <SendAgain label={t('account.again.link')} send={() => sendConfirmation(given.email)} />
      )}
    </div>
  )
}
