import { useMutation } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { declined, useStepUp } from './step-up.tsx'

interface TotpOffDialogProps {
  open: boolean
  onTurnedOff(): void
  onClose(): void
}

/** Says what turning it off means, and asks for the password where the sign-in is long ago. */
export function TotpOffDialog({ open, onTurnedOff, onClose }: TotpOffDialogProps) {
  const t = useText()
  const problemText = useProblemText()
  const stepUp = useStepUp()
  const turnOff = useMutation({
    mutationFn: () =>
      stepUp.confirmed(() =>
        unwrap(api.DELETE('/api/v1/auth/totp')).catch((error) => {
          // Off already, from elsewhere: that is what was wanted.
          if (!isProblem(error) || error.code !== 'totp_not_enabled') throw error
        }),
      ),
    onSuccess: (answer) => {
      if (answer === declined) return
      toast(t('settings.totp.stopped'))
      onTurnedOff()
      onClose()
    },
  })
  const close = () => {
    turnOff.reset()
    onClose()
  }
  return (
    <>
      <Dialog open={open} onClose={close} title={t('settings.totp.stop.title')}>
        <p className="text-ink-soft">{t('settings.totp.stop.text')}</p>
        {turnOff.error && <Notice tone="bad">{problemText(turnOff.error)}</Notice>}
        <div className="grid gap-2">
          <Button look="danger" wide busy={turnOff.isPending} onClick={() => turnOff.mutate()}>
            {t('settings.totp.stop')}
          </Button>
          <Button look="secondary" wide onClick={close}>
            {t('design.cancel')}
          </Button>
        </div>
      </Dialog>
      {stepUp.dialog}
    </>
  )
}
