import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { TextField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { useText } from '../text/use-text.ts'

type Method = 'totp' | 'recovery' | 'email'

export interface Challenge {
  challengeId: string
  methods: Method[]
}

interface StepUpCodeProps {
  challenge: Challenge
  onConfirmed(): void
  /** The attempt is not valid any more: it begins with the password again. */
  onTooLate(): void
}

/** The second factor, by whichever of the offered ways the member likes. */
export function StepUpCode({ challenge: { challengeId, methods }, onConfirmed, onTooLate }: StepUpCodeProps) {
  const t = useText()
  const problemText = useProblemText()
  const [method, setMethod] = useState<Method>(methods[0] ?? 'email')
  const [code, setCode] = useState('')
  const finish = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/auth/mfa', {
          params: { header: { 'accord-session': 'cookie' } },
          body: { challengeId, method, code: code.trim() },
        }),
      ),
    onSuccess: onConfirmed,
    onError: (error) => {
      if (isProblem(error) && error.code === 'challenge_invalid') onTooLate()
    },
  })
  const isWrong = isProblem(finish.error) && ['code_invalid', 'validation_failed'].includes(finish.error.code)
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        finish.mutate()
      }}
    >
      <TextField
        key={method}
        label={t(`settings.stepUp.code.${method}`)}
        inputMode={method === 'recovery' ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        dir="ltr"
        autoFocus
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={isWrong ? t('settings.stepUp.code.wrong') : undefined}
      />
      {finish.error && !isWrong && <Notice tone="bad">{problemText(finish.error)}</Notice>}
      <Button type="submit" wide busy={finish.isPending} disabled={code.trim().length < 6}>
        {t('settings.stepUp.action')}
      </Button>
      {methods
        .filter((other) => other !== method)
        .map((other) => (
          <Button
            key={other}
            look="quiet"
            onClick={() => {
              setMethod(other)
              setCode('')
              finish.reset()
            }}
          >
            {t(`settings.stepUp.use.${other}`)}
          </Button>
        ))}
    </form>
  )
}
