import { useMutation } from '@tanstack/react-query'
import { isProblem } from '../api/problem.ts'
import { Button, type ButtonLook } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { problemText } from './problem-text.ts'
import { useCountdown } from './use-countdown.ts'

interface SendAgainProps {
  label: string
  send(): Promise<unknown>
  /** One was sent a moment ago: begins with the pause. */
  justSent?: boolean
  look?: ButtonLook
}

/** Mails take a while: between two there is a pause, so that impatience does not fill the inbox. */
const pauseSeconds = 60

/** Sends a mail once more, and says that it did. */
export function SendAgain({ label, send, justSent = false, look = 'secondary' }: SendAgainProps) {
  const t = useText()
  const [left, pause] = useCountdown(justSent ? pauseSeconds : 0)
  const sending = useMutation({
    mutationFn: send,
    onSuccess: () => pause(pauseSeconds),
    onError: (error) => {
      if (isProblem(error) && error.retryAfterSeconds !== null) pause(error.retryAfterSeconds)
    },
  })
  return (
    <div className="grid justify-items-start gap-3">
      <Button
        look={look}
        className={look === 'quiet' ? '-ms-5' : ''}
        busy={sending.isPending}
        disabled={left > 0}
        onClick={() => sending.mutate()}
      >
        {left > 0 ? t('account.again.wait', { label, seconds: left }) : label}
      </Button>
      <p role="status" className="text-ink-soft text-sm empty:hidden">
        {sending.isSuccess && t('account.again.sent')}
      </p>
      {sending.isError && <Notice tone="bad">{problemText(t, sending.error)}</Notice>}
    </div>
  )
}
