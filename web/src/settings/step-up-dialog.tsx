import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, sendForToken, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { PasswordField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { useText } from '../text/use-text.ts'
import { accountQuery } from './queries.ts'
import { type SecondProof, StepUpCode } from './step-up-code.tsx'

interface StepUpDialogProps {
  open: boolean
  onClose(): void
  onConfirmed(): void
}

/** Asks the member to prove anew who they are: the same session goes on, as one that has just begun. */
export function StepUpDialog({ open, onClose, onConfirmed }: StepUpDialogProps) {
  const t = useText()
  return (
    <Dialog open={open} onClose={onClose} title={t('settings.stepUp.title')}>
      <StepUpForm onConfirmed={onConfirmed} />
    </Dialog>
  )
}

function StepUpForm({ onConfirmed }: { onConfirmed(): void }) {
  const t = useText()
  const problemText = useProblemText()
  const { data: account } = useQuery(accountQuery)
  const [password, setPassword] = useState('')
  const [needsCode, setNeedsCode] = useState(false)
  const confirm = useMutation({
    mutationFn: (second: SecondProof | null) =>
      unwrap(api.POST('/api/v1/auth/step-up', { body: { password, ...second }, fetch: sendForToken })),
    onSuccess: onConfirmed,
    onError: (error) => {
      const code = isProblem(error) ? error.code : null
      if (code === 'second_factor_required') setNeedsCode(true)
      // Changed elsewhere in the meantime: it begins with the password again.
      if (code === 'invalid_credentials') setNeedsCode(false)
    },
  })
  if (needsCode) {
    return (
      <StepUpCode
        busy={confirm.isPending}
        error={confirm.error}
        onSubmit={confirm.mutate}
        onOther={confirm.reset}
      />
    )
  }
  const isWrong = isProblem(confirm.error) && confirm.error.code === 'invalid_credentials'
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        confirm.mutate(null)
      }}
    >
      <p className="text-ink-soft">{t('settings.stepUp.text')}</p>
      {/* So that a password manager knows whose password it is. */}
      <input type="email" autoComplete="username" value={account?.email ?? ''} readOnly hidden />
      <PasswordField
        label={t('settings.stepUp.password')}
        autoComplete="current-password"
        maxLength={128}
        data-autofocus
        autoFocus
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={isWrong ? t('settings.stepUp.wrong') : undefined}
      />
      {confirm.error && !isWrong && <Notice tone="bad">{problemText(confirm.error)}</Notice>}
      <Button type="submit" wide busy={confirm.isPending} disabled={password === ''}>
        {t('settings.stepUp.action')}
      </Button>
    </form>
  )
}
