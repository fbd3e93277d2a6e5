import { useState } from 'react'
import { plainDigits } from '../account/rules.ts'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { TextField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { useText } from '../text/use-text.ts'

export interface SecondProof {
  method: 'totp' | 'recovery'
  code: string
}

interface StepUpCodeProps {
  busy: boolean
  error: Error | null
  onSubmit(proof: SecondProof): void
  /** The other kind of code is to be typed: what was wrong with the last one is no matter any more. */
  onOther(): void
}

/** The second factor: of the app, or one of the recovery codes. */
export function StepUpCode({ busy, error, onSubmit, onOther }: StepUpCodeProps) {
  const t = useText()
  const problemText = useProblemText()
  const [method, setMethod] = useState<SecondProof['method']>('totp')
  const [typed, setTyped] = useState('')
  const code = plainDigits(typed).trim()
  const other = method === 'totp' ? 'recovery' : 'totp'
  const problem = isProblem(error) ? error.code : null
  const isWrong = problem === 'code_invalid' || problem === 'validation_failed'
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit({ method, code })
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
        maxLength={32}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={isWrong ? t('settings.stepUp.code.wrong') : undefined}
      />
      {/* That a code is needed is what the field says. */}
      {error && !isWrong && problem !== 'second_factor_required' && (
        <Notice tone="bad">{problemText(error)}</Notice>
      )}
      <Button type="submit" wide busy={busy} disabled={code.length < 6}>
        {t('settings.stepUp.action')}
      </Button>
      <Button
        look="quiet"
        onClick={() => {
          setMethod(other)
          setTyped('')
          onOther()
        }}
      >
        {t(`settings.stepUp.use.${other}`)}
      </Button>
    </form>
  )
}
