import { useMutation } from '@tanstack/react-query'
import { useLocation, useRouter, useSearch } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { isProblem } from '../api/problem.ts'
import { currentSession, sessionEnded } from '../app/session.ts'
import { Button, ButtonLink } from '../design/button.tsx'
import { PasswordField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import './history-state.ts'
import { OutsidePage } from './outside-page.tsx'
import { problemText } from './problem-text.ts'
import { resetPassword } from './requests.ts'
import { isLongEnough, mostPasswordLength } from './rules.ts'

/** Where the mailed link leads: a new password, once. */
export function ResetScreen() {
  const t = useText()
  const router = useRouter()
  const { token } = useSearch({ from: '/reset' })
  const done = useLocation({ select: ({ state }) => state.done === true })
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { password: '' } })
  const setting = useMutation({
    mutationFn: resetPassword,
    onSuccess: async () => {
      // Every session of the member has ended, and with it one that may be open here.
      if (currentSession() !== 'signed-out') await sessionEnded()
      await router.navigate({ to: '/reset', search: {}, state: { done: true }, replace: true })
    },
    onError: (error) => {
      if (isWeak(error)) setError('password', { message: t('account.password.weak') }, { shouldFocus: true })
    },
  })
  if (done) {
    return (
      <OutsidePage key="done" title={t('account.reset.done.title')} lead={t('account.reset.done.text')}>
        <ButtonLink to="/sign-in">{t('account.signIn.action')}</ButtonLink>
      </OutsidePage>
    )
  }
  if (!token || (isProblem(setting.error) && setting.error.code === 'link_invalid')) return <LinkOver />
  return (
    <OutsidePage title={t('account.reset.title')} lead={t('account.reset.text')}>
      <form
        noValidate
        className="grid gap-5"
        onSubmit={handleSubmit(({ password }) => setting.mutate({ token, password }))}
      >
        <PasswordField
          label={t('account.reset.label')}
          hint={t('account.password.hint')}
          autoComplete="new-password"
          error={formState.errors.password?.message}
          {...register('password', {
            maxLength: { value: mostPasswordLength, message: t('account.password.long') },
            validate: (password) => isLongEnough(password) || t('account.password.short'),
          })}
        />
        {setting.isError && !isWeak(setting.error) && (
          <Notice tone="bad">{problemText(t, setting.error)}</Notice>
        )}
        <Button type="submit" wide busy={setting.isPending}>
          {t('account.reset.action')}
        </Button>
      </form>
    </OutsidePage>
  )
}

function LinkOver() {
  const t = useText()
  return (
    <OutsidePage key="over" title={t('account.reset.over.title')} lead={t('account.reset.over.text')}>
      <ButtonLink to="/forgot">{t('account.reset.over.action')}</ButtonLink>
    </OutsidePage>
  )
}

function isWeak(error: unknown): boolean {
  return (
    isProblem(error) &&
    (error.code === 'password_too_weak' || error.fields.some(({ path }) => path === '/password'))
  )
}
