import { useText } from '../text/use-text.ts'
import { refusalText } from './failure-text.ts'
import { discard, sendAgain } from './outbox.ts'

/** Why an own message was refused, and what its author can do now. */
export function RefusedMessage({ clientMessageId, refusal }: { clientMessageId: string; refusal: string }) {
  const t = useText()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only keeps a tap on it from choosing the message
    <div
      className="flex flex-wrap items-center justify-end gap-x-4 text-sm"
      onClick={(event) => event.stopPropagation()}
    >
      <p className="text-ink-soft">{refusalText(t, refusal)}</p>
      <button type="button" className={action} onClick={() => void sendAgain(clientMessageId)}>
        {t('design.retry')}
      </button>
      <button type="button" className={action} onClick={() => void discard(clientMessageId)}>
        {t('messages.delete')}
      </button>
    </div>
  )
}

const action = 'min-h-11 font-semibold text-wine-text underline-offset-4 hover:underline'
