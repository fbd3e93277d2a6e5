import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { PasswordField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { Card, Section } from '../design/page.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { toast } from '../design/toast.tsx'
import type { TextKey } from '../text/keys.ts'
import { useText } from '../text/use-text.ts'
import { accountQuery, sessionsQuery } from './queries.ts'

interface Passwords {
  currentPassword: string
  newPassword: string
}

export function PasswordSection() {
  const t = useText()
  const problemText = useProblemText()
  const client = useQueryClient()
  const { data: account } = useQuery(accountQuery)
  const { register, handleSubmit, reset, setError, formState } = useForm<Passwords>()
  const change = useMutation({
    mutationFn: (body: Passwords) => unwrap(api.POST('/api/v1/auth/password/change', { body })),
    onSuccess: () => {
      reset()
      toast(t('settings.password.done'))
      return client.invalidateQueries(sessionsQuery)
    },
    onError: (error) => {
      const field = fieldOf(error)
      if (field) setError(field.name, { message: t(field.text) }, { shouldFocus: true })
    },
  })
  const { errors } = formState
  return (
    <Section title={t('settings.password.title')}>
      <Card>
        <form noValidate className="grid gap-4" onSubmit={handleSubmit((body) => change.mutate(body))}>
          <p className="text-ink-soft">{t('settings.password.text')}</p>
          {/* So that a password manager knows whose password it is. */}
          <input type="email" autoComplete="username" value={account?.email ?? ''} readOnly hidden />
          <PasswordField
            label={t('settings.password.current')}
            autoComplete="current-password"
            maxLength={128}
            error={errors.currentPassword?.message}
            {...register('currentPassword', { required: t('settings.password.missing') })}
          />
          <PasswordField
            label={t('settings.password.new')}
            hint={t('settings.password.new.hint')}
            autoComplete="new-password"
            maxLength={128}
            error={errors.newPassword?.message}
            {...register('newPassword', {
              required: t('settings.password.short'),
              minLength: { value: 10, message: t('settings.password.short') },
            })}
          />
          {change.error && !fieldOf(change.error) && <Notice tone="bad">{problemText(change.error)}</Notice>}
          <Button type="submit" look="secondary" className="justify-self-start" busy={change.isPending}>
            {t('settings.password.action')}
          </Button>
        </form>
      </Card>
    </Section>
  )
}

/** What the platform did not like, at the field that can be put right. */
function fieldOf(error: unknown): { name: keyof Passwords; text: TextKey } | null {
  if (!isProblem(error)) return null
  switch (error.code) {
    case 'invalid_credentials':
      return { name: 'currentPassword', text: 'settings.password.wrong' }
    case 'password_too_weak':
      return { name: 'newPassword', text: 'settings.password.weak' }
    case 'validation_failed':
      return { name: 'newPassword', text: 'settings.password.short' }
    default:
      return null
  }
}
