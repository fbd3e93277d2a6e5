import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { TextField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { useText } from '../text/use-text.ts'
import { CopyButton } from './copy-button.tsx'
import { QrCode } from './qr-code.tsx'
import type { Enrolment } from './totp-setup-dialog.tsx'

interface TotpEnrolmentProps {
  enrolment: Enrolment
  onConfirmed(recoveryCodes: string[]): void
}

/** The key as a picture and to type by hand, and the first code as a proof that the app has it. */
export function TotpEnrolment({ enrolment: { secret, otpauthUri }, onConfirmed }: TotpEnrolmentProps) {
  const t = useText()
  const problemText = useProblemText()
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/v1/auth/totp/confirm', { body: { code: code.replaceAll(/\s/g, '') } })),
    onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  })
  const problem = isProblem(confirm.error) ? confirm.error.code : null
  const isWrong = problem === 'code_invalid' || problem === 'validation_failed'
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        confirm.mutate()
      }}
    >
      <p className="text-ink-soft">{t('settings.totp.scan')}</p>
      <QrCode text={otpauthUri} label={t('settings.totp.qr')} />
      <div className="grid justify-items-start gap-2">
        <p className="font-medium">{t('settings.totp.secret')}</p>
        <code
          dir="ltr"
          className="w-full break-words rounded-control bg-sunken px-4 py-3 text-center tracking-wide"
        >
          {inGroups(secret)}
        </code>
        <CopyButton label={t('settings.totp.secret.copy')} text={secret} />
      </div>
      <TextField
        label={t('settings.totp.code')}
        hint={t('settings.totp.code.hint')}
        inputMode="numeric"
        autoComplete="one-time-code"
        dir="ltr"
        maxLength={8}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={isWrong ? t('settings.totp.code.wrong') : undefined}
      />
      {confirm.error && !isWrong && (
        <Notice tone="bad">
          {problem?.startsWith('totp_') ? t('settings.totp.stale') : problemText(confirm.error)}
        </Notice>
      )}
      <Button type="submit" wide busy={confirm.isPending} disabled={code.replaceAll(/\s/g, '').length < 6}>
        {t('settings.totp.confirm')}
      </Button>
    </form>
  )
}

/** Fours are read and typed without losing the place. */
function inGroups(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ')
}
