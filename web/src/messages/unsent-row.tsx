import { useText } from '../text/use-text.ts'
import { Bubble } from './bubble.tsx'
import { refusalText } from './failure-text.ts'
import { MessageState } from './message-state.tsx'
import { discard, sendAgain } from './outbox.ts'
import type { Row } from './rows.ts'
import { useWhen } from './use-when.ts'

interface UnsentRowProps {
  row: Extract<Row, { kind: 'unsent' }>
  index: number
  tabIndex: number
}

/** An own message that is not with the platform yet: on its way, waiting for a connection, or refused. */
export function UnsentRow({ row: { entry, first, last, progress }, index, tabIndex }: UnsentRowProps) {
  const t = useText()
  const when = useWhen()
  const failed = progress === 'failed'
  return (
    <article
      data-row={index}
      tabIndex={tabIndex}
      aria-label={t('messages.by', { name: t('messages.you'), time: when.time(entry.writtenAt) })}
      className={`px-4 md:px-6 ${first ? 'pt-2' : 'pt-0.5'} ${last || failed ? 'pb-1' : ''} -outline-offset-2`}
    >
      <div className="flex justify-end">
        <div className="flex min-w-0 max-w-[82%] justify-end md:max-w-[36rem]">
          <Bubble own first={first} last={last} faint={failed}>
            {entry.text}
          </Bubble>
        </div>
      </div>
      {(last || failed) && (
        <p className="flex items-center justify-end gap-1.5 px-1 pt-1 text-ink-soft text-xs">
          {!failed && <time dateTime={entry.writtenAt}>{when.time(entry.writtenAt)}</time>}
          <MessageState progress={progress} />
        </p>
      )}
      {entry.refusal !== null && (
        <div className="flex flex-wrap items-center justify-end gap-x-4 text-sm">
          <p className="text-ink-soft">{refusalText(t, entry.refusal)}</p>
          <button type="button" className={action} onClick={() => void sendAgain(entry.clientMessageId)}>
            {t('design.retry')}
          </button>
          <button type="button" className={action} onClick={() => void discard(entry.clientMessageId)}>
            {t('messages.delete')}
          </button>
        </div>
      )}
    </article>
  )
}

const action = 'min-h-11 font-semibold text-wine-text underline-offset-4 hover:underline'
