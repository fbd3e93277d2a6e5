import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { Checkbox } from '../design/choice.tsx'
import { TextField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { problemText } from './problem-text.ts'
import type { SecondFactor } from './requests.ts'
import { plainDigits } from './rules.ts'
import { SendAgain } from './send-again.tsx'
import { WithAddress } from './with-address.tsx'

interface CodeStageProps {
  email: string
  methods: readonly SecondFactor[]
  busy: boolean
  error: Error | null
  /** `refuse` is called when it was the code that was wrong. */
  onSubmit(answer: { method: SecondFactor; code: string; trustDevice: boolean }, refuse: () => void): void
  sendAgain(): Promise<void>
  onBack(): void
}

/** The second step of a sign-in: a code of one of the kinds that are offered. */
export function CodeStage({ email, methods, busy, error, onSubmit, sendAgain, onBack }: CodeStageProps) {
  const t = useText()
  const [method, setMethod] = useState(methods[0] ?? 'totp')
  const { register, handleSubmit, formState, setFocus, reset, setError } = useForm({
    defaultValues: { code: '', trustDevice: false },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another method has a field of its own
  useEffect(() => setFocus('code'), [setFocus, method])
  const wrong = isProblem(error) && error.code === 'code_invalid'
  const refuse = () => setError('code', { message: t('account.code.wrong') }, { shouldFocus: true })
  const recovery = method === 'recovery'
  return (
    <div className="grid gap-5">
      <form
        noValidate
        className="grid gap-5"
        onSubmit={handleSubmit(({ code, trustDevice }) =>
          onSubmit({ method, code: tidy(code, method), trustDevice }, refuse),
        )}
      >
        <p className="text-ink-soft">
          {method === 'email' ? (
            <WithAddress id="account.code.mailed" email={email} />
          ) : (
            t(`account.code.${method}.text`)
          )}
        </p>
        <TextField
          key={method}
          label={t(`account.code.${method}.label`)}
          error={formState.errors.code?.message}
          autoComplete="one-time-code"
          inputMode={recovery ? 'text' : 'numeric'}
          autoCapitalize={recovery ? 'characters' : 'none'}
          spellCheck={false}
          dir="ltr"
          className={`text-center text-xl ${recovery ? 'tracking-[0.1em]' : 'tracking-[0.3em]'}`}
          {...register('code', {
            validate: (code) => isComplete(tidy(code, method), method) || t(`account.code.${method}.problem`),
          })}
        />
        {/* A device that was let in by a mailed code is known from then on, asked or not. */}
        {method !== 'email' && (
          <Checkbox
            label={t('account.code.trust')}
            hint={t('account.code.trust.hint')}
            {...register('trustDevice')}
          />
        )}
        {error && !wrong && <Notice tone="bad">{problemText(t, error)}</Notice>}
        <Button type="submit" wide busy={busy}>
          {t('account.code.action')}
        </Button>
      </form>
      <div className="grid justify-items-start gap-1">
        {method === 'email' && (
          <SendAgain look="quiet" label={t('account.again.code')} send={sendAgain} justSent />
        )}
        {methods
          .filter((other) => other !== method)
          .map((other) => (
            <Button
              key={other}
              look="quiet"
              className="-ms-5"
              onClick={() => {
                reset({ code: '', trustDevice: false })
                setMethod(other)
              }}
            >
              {t(`account.code.${other}.use`)}
            </Button>
          ))}
        <Button look="quiet" className="-ms-5" onClick={onBack}>
          {t('account.code.back')}
        </Button>
      </div>
    </div>
  )
}

/** As the platform reads it: people copy codes with blanks and dashes. */
function tidy(code: string, method: SecondFactor): string {
  const bare = plainDigits(code).replaceAll(/[\s-]/g, '')
  return method === 'recovery' ? bare.toUpperCase() : bare
}

function isComplete(code: string, method: SecondFactor): boolean {
  return method === 'recovery' ? /^[0-9A-Z]{10}$/.test(code) : /^\d{6}$/.test(code)
}
