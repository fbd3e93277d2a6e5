import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '../api/client.ts'
import { memberLeaves, sessionEnded } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { TextField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { declined, useStepUp } from './step-up.tsx'

/** A word to be typed, so that nobody closes an account by a slip, and a recent sign-in, so that nobody else does. */
export function CloseDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const t = useText()
  const stepUp = useStepUp()
  return (
    <>
      <Dialog open={open} onClose={onClose} title={t('settings.close.title')}>
        <CloseForm confirmed={stepUp.confirmed} onKeep={onClose} />
      </Dialog>
      {stepUp.dialog}
    </>
  )
}

interface CloseFormProps {
  confirmed: ReturnType<typeof useStepUp>['confirmed']
  onKeep(): void
}

function CloseForm({ confirmed, onKeep }: CloseFormProps) {
  const t = useText()
  const problemText = useProblemText()
  const [typed, setTyped] = useState('')
  const [isMismatch, setMismatch] = useState(false)
  const word = t('settings.close.word')
  const close = useMutation({
    mutationFn: () => confirmed(() => unwrap(api.DELETE('/api/v1/users/account'))),
    onMutate: () => memberLeaves(true),
    onError: () => memberLeaves(false),
    onSuccess: async (answer) => {
      if (answer === declined) return memberLeaves(false)
      await sessionEnded()
      // Nobody's cookies any more; they go if they can.
      void api
        .POST('/api/v1/auth/logout', { params: { header: { 'accord-session': 'cookie' } }, body: {} })
        .catch(() => {})
      toast(t('settings.close.done'))
    },
  })
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const isTyped = typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase()
        setMismatch(!isTyped)
        if (isTyped) close.mutate()
      }}
    >
      <p className="text-ink-soft">{t('settings.close.text')}</p>
      <TextField
        label={t('settings.close.type', { word })}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={isMismatch ? t('settings.close.mismatch', { word }) : undefined}
      />
      {close.error && <Notice tone="bad">{problemText(close.error)}</Notice>}
      <div className="grid gap-2">
        <Button type="submit" look="danger" wide busy={close.isPending}>
          {t('settings.close.final')}
        </Button>
        <Button look="secondary" wide onClick={onKeep}>
          {t('settings.close.keep')}
        </Button>
      </div>
    </form>
  )
}
