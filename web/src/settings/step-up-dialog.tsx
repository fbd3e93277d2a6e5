import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { sessionBegan } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { PasswordField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { useText } from '../text/use-text.ts'
import { PartError } from './part-error.tsx'
import { accountQuery } from './queries.ts'
import { type Challenge, StepUpCode } from './step-up-code.tsx'

interface StepUpDialogProps {
  open: boolean
  onClose(): void
  onConfirmed(): void
}

/**
 * Asks the member to prove anew who they are. The platform counts from the last sign-in, so this is one: with
 * the password, and the second factor where there is one. Its cookies take the place of the old ones.
 */
export function StepUpDialog({ open, onClose, onConfirmed }: StepUpDialogProps) {
  const t = useText()
  return (
    <Dialog open={open} onClose={onClose} title={t('settings.stepUp.title')}>
      <StepUpForm
        onConfirmed={() => {
          sessionBegan()
          onConfirmed()
        }}
      />
    </Dialog>
  )
}

const cookieMode = { params: { header: { 'accord-session': 'cookie' as const } } }

function StepUpForm({ onConfirmed }: { onConfirmed(): void }) {
  const t = useText()
  const problemText = useProblemText()
  const { data: account, error: unknownAccount, refetch } = useQuery(accountQuery)
  const [password, setPassword] = useState('')
  const [challenge, setChallenge] = useState<Challenge | null>(null)
  const [isTooLate, setTooLate] = useState(false)
  const signIn = useMutation({
    mutationFn: (email: string) =>
      unwrap(api.POST('/api/v1/auth/login', { ...cookieMode, body: { email, password } })),
    onSuccess: (answer) => ('mfaRequired' in answer ? setChallenge(answer) : onConfirmed()),
  })
  if (unknownAccount && !account) return <PartError error={unknownAccount} retry={() => void refetch()} />
  if (challenge) {
    return (
      <StepUpCode
        challenge={challenge}
        onConfirmed={onConfirmed}
        onTooLate={() => {
          setChallenge(null)
          setTooLate(true)
        }}
      />
    )
  }
  const isWrong = isProblem(signIn.error) && signIn.error.code === 'invalid_credentials'
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setTooLate(false)
        if (account) signIn.mutate(account.email)
      }}
    >
      <p className="text-ink-soft">{t('settings.stepUp.text')}</p>
      {isTooLate && <Notice tone="bad">{t('settings.stepUp.again')}</Notice>}
      <input type="email" autoComplete="username" value={account?.email ?? ''} readOnly hidden />
      <PasswordField
        label={t('settings.stepUp.password')}
        autoComplete="current-password"
        maxLength={128}
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={isWrong ? t('settings.stepUp.wrong') : undefined}
      />
      {signIn.error && !isWrong && <Notice tone="bad">{problemText(signIn.error)}</Notice>}
      <Button type="submit" wide busy={signIn.isPending} disabled={!account || password === ''}>
        {t('settings.stepUp.action')}
      </Button>
    </form>
  )
}
