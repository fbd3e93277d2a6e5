import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { PasswordField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { useText } from '../text/use-text.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { TotpEnrolment } from './totp-enrolment.tsx'

export interface Enrolment {
  secret: string
  otpauthUri: string
}

interface TotpSetupDialogProps {
  /** The key, or that the password is asked for first. */
  begun: Enrolment | 'password'
  onTurnedOn(): void
  onClose(): void
}

/** Password where it is needed, key, code, and the recovery codes, which are shown this once. */
export function TotpSetupDialog({ begun, onTurnedOn, onClose }: TotpSetupDialogProps) {
  const t = useText()
  const [enrolment, setEnrolment] = useState(begun === 'password' ? null : begun)
  const [codes, setCodes] = useState<string[] | null>(null)
  if (codes) {
    // With a key of its own, so that the new heading gets the focus. Not closed by a slip: they never come again.
    return (
      <Dialog key="codes" open insistent onClose={onClose} title={t('settings.codes.title')}>
        <RecoveryCodes codes={codes} onKept={onClose} />
      </Dialog>
    )
  }
  return (
    <Dialog open onClose={onClose} title={t('settings.totp.setup.title')}>
      {enrolment ? (
        <TotpEnrolment
          enrolment={enrolment}
          onConfirmed={(recoveryCodes) => {
            setCodes(recoveryCodes)
            onTurnedOn()
          }}
        />
      ) : (
        <PasswordFirst onStarted={setEnrolment} />
      )}
    </Dialog>
  )
}

function PasswordFirst({ onStarted }: { onStarted(enrolment: Enrolment): void }) {
  const t = useText()
  const problemText = useProblemText()
  const [password, setPassword] = useState('')
  const start = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/auth/totp', { body: { password } })),
    onSuccess: onStarted,
  })
  const code = isProblem(start.error) ? start.error.code : null
  const isWrong = code === 'invalid_credentials'
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        start.mutate()
      }}
    >
      <p className="text-ink-soft">{t('settings.stepUp.text')}</p>
      <PasswordField
        label={t('settings.stepUp.password')}
        autoComplete="current-password"
        maxLength={128}
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={isWrong ? t('settings.stepUp.wrong') : undefined}
      />
      {start.error && !isWrong && (
        <Notice tone="bad">
          {code === 'totp_already_enabled' ? t('settings.totp.stale') : problemText(start.error)}
        </Notice>
      )}
      <Button type="submit" wide busy={start.isPending} disabled={password === ''}>
        {t('settings.totp.next')}
      </Button>
    </form>
  )
}
