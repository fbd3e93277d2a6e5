import type { ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { Bubble } from './bubble.tsx'
import { MessageState } from './message-state.tsx'
import { RefusedMessage } from './refused-message.tsx'
import type { Row } from './rows.ts'
import { useWhen } from './use-when.ts'

interface MessageRowProps {
  row: Exclude<Row, { kind: 'day' }>
  index: number
  tabIndex: number
  name: string | null
  /** What can be done with it. */
  menu?: ReactNode
  /** Tapped, which is how a finger gets at what a pointer finds by hovering. */
  selected?: boolean
  onSelect?: () => void
}

/**
 * One message, with when it was written and how far an own one has come. It is the same element from when it is
 * written until it is read: whoever taps it, or is on it with the keyboard, stays there.
 */
export function MessageRow({ row, index, tabIndex, name, menu, selected, onSelect }: MessageRowProps) {
  const t = useText()
  const when = useWhen()
  const { first, last, progress } = row
  const { own, text, at, editedAt } = saidIn(row)
  const deleted = text === null
  const failed = progress === 'failed'
  const author = own ? t('messages.you') : (name ?? t('messages.someone'))
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a finger's way to what focus shows to the keyboard
    <article
      data-row={index}
      tabIndex={tabIndex}
      aria-label={t('messages.by', { name: author, time: when.time(at) })}
      className={`group px-4 md:px-6 ${first ? 'pt-2' : 'pt-0.5'} ${last || failed ? 'pb-1' : ''} -outline-offset-2`}
      onClick={onSelect}
    >
      <div className={`flex items-center gap-1 ${own ? 'justify-end' : ''}`}>
        {menu && (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only keeps a tap on the menu from choosing the message
          <div
            className={`shrink-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 ${selected ? '' : 'opacity-0 pointer-coarse:invisible'}`}
            onClick={(event) => event.stopPropagation()}
          >
            {menu}
          </div>
        )}
        <div className={`flex min-w-0 max-w-[82%] md:max-w-[36rem] ${own ? 'justify-end' : ''}`}>
          <Bubble own={own} first={first} last={last} faint={deleted || failed}>
            {text ?? t('messages.deleted')}
          </Bubble>
        </div>
      </div>
      {(last || selected || failed) && (
        <p
          className={`flex items-center gap-1.5 px-1 pt-1 text-ink-soft text-xs ${own ? 'justify-end' : ''}`}
        >
          {editedAt !== null && !deleted && <span>{t('messages.edited')}</span>}
          {!failed && <time dateTime={at}>{when.time(at)}</time>}
          {progress && <MessageState progress={progress} />}
        </p>
      )}
      {row.kind === 'unsent' && row.entry.refusal !== null && (
        <RefusedMessage clientMessageId={row.entry.clientMessageId} refusal={row.entry.refusal} />
      )}
    </article>
  )
}

function saidIn(row: MessageRowProps['row']) {
  if (row.kind === 'unsent') {
    const { text, writtenAt } = row.entry
    return { own: true, text, at: writtenAt, editedAt: null }
  }
  const { text, createdAt, editedAt } = row.message
  return { own: row.own, text, at: createdAt, editedAt }
}
