import { useQueryClient } from '@tanstack/react-query'
import { ArrowDown } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { Button } from '../design/button.tsx'
import { useLiveState } from '../live/live.ts'
import { useOnline } from '../shell/connection-note.tsx'
import { useText } from '../text/use-text.ts'
import { ArrivingMessages } from './arriving-messages.tsx'
import { DayRow } from './day-row.tsx'
import { DeleteMessage } from './delete-message.tsx'
import type { History, Message } from './history.ts'
import { MessageMenu } from './message-menu.tsx'
import { MessageRow } from './message-row.tsx'
import { useOutbox } from './outbox.ts'
import { type Row, rowsOf } from './rows.ts'
import { useBeginsEarlier, useOlder } from './use-older.ts'
import { useReadReceipt } from './use-read-receipt.ts'
import { useRowFocus } from './use-row-focus.ts'
import { useStayAtEnd } from './use-stay-at-end.ts'

interface MessageListProps {
  conversationId: string
  history: History
  name: string | null
  onEdit(message: Message): void
}

/**
 * What was said, virtualised. It begins at its end, stays there while somebody is there, and keeps its place
 * when older messages come before it. Arrow keys go from message to message.
 */
export function MessageList({ conversationId, history, name, onEdit }: MessageListProps) {
  const t = useText()
  const client = useQueryClient()
  const canSend = useOnline()
  const live = useLiveState()
  const outbox = useOutbox(conversationId)
  const rows = useMemo(() => rowsOf(history, outbox, canSend), [history, outbox, canSend])
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const { atEnd, toEnd, onScroll, onResize, heights } = useStayAtEnd(conversationId, scroller, list, rows)
  const older = useOlder(client, conversationId, history, scroller, live)
  const beginsEarlier = useBeginsEarlier(rows)
  const unseen = useUnseen(history, atEnd)
  useReadReceipt(conversationId, history, atEnd)
  const focus = useRowFocus(rows, scroller, list)
  const [scrollId] = useState(() => crypto.randomUUID())
  const [selected, select] = useState<string | null>(null)
  const [deleting, setDeleting] = useState<Message | null>(null)
  const menuOf = (row: Row) => {
    if (row.kind !== 'message' || !row.own || row.message.text === null) return null
    const { message } = row
    return (
      <MessageMenu
        createdAt={message.createdAt}
        onEdit={() => onEdit(message)}
        onDelete={() => setDeleting(message)}
      />
    )
  }
  const show = (row: Row, at: number) => {
    if (row.kind === 'day') return <DayRow key={row.key} at={row.at} />
    return (
      <MessageRow
        key={row.key}
        row={row}
        index={at}
        tabIndex={focus.at === at ? 0 : -1}
        name={name}
        selected={selected === row.key}
        onSelect={() => select(selected === row.key ? null : row.key)}
        menu={menuOf(row)}
      />
    )
  }
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        // Its own: the router would lend its place to the next conversation. It tells nothing, since the router
        // writes it down when the page is left, also after somebody has signed out.
        data-scroll-restoration-id={scrollId}
        aria-live="off"
        aria-label={t('messages.log', { name: name ?? t('messages.someone') })}
        aria-busy={older.loading}
        className="flex h-full flex-col overflow-y-auto overflow-x-hidden overscroll-contain [overflow-anchor:none]"
        onKeyDown={focus.onKeyDown}
        onFocus={focus.onFocus}
      >
        <div className="grow" />
        {rows.length === 0 && (
          <p className="px-6 pb-6 text-center text-ink-soft">
            {t('messages.first', { name: name ?? t('messages.someone') })}
          </p>
        )}
        <Virtualizer
          ref={list}
          data={rows}
          {...(heights && { cache: heights })}
          shift={beginsEarlier}
          keepMounted={focus.mounted}
          onScroll={() => {
            onScroll()
            older.look()
          }}
          onResize={onResize}
        >
          {show}
        </Virtualizer>
      </div>
      <OlderNote older={older} />
      {!atEnd && (
        <div className="pointer-events-none absolute inset-x-0 bottom-3 grid justify-items-center">
          <Button
            look="secondary"
            className="pointer-events-auto !min-h-11 animate-fade !px-4 !py-1.5 text-sm shadow-lift"
            icon={<ArrowDown size={16} aria-hidden="true" />}
            onClick={() => toEnd()}
          >
            {unseen > 0 ? t('messages.newBelow', { count: unseen }) : t('messages.toEnd')}
          </Button>
        </div>
      )}
      <ArrivingMessages history={history} name={name} />
      <DeleteMessage
        message={deleting}
        onClose={() => {
          setDeleting(null)
          focus.toRow()
        }}
      />
    </div>
  )
}

function OlderNote({ older: { loading, failed, retry } }: { older: ReturnType<typeof useOlder> }) {
  const t = useText()
  if (!loading && !failed) return null
  return (
    <div className="pointer-events-none absolute inset-x-0 top-2 grid justify-items-center">
      {failed ? (
        <Button
          look="secondary"
          className="pointer-events-auto !min-h-11 !px-4 !py-1.5 text-sm shadow-lift"
          onClick={retry}
        >
          {t('messages.older.failed')}
        </Button>
      ) : (
        <p className="animate-fade rounded-full bg-surface px-4 py-1.5 text-ink-soft text-sm shadow-lift">
          {t('messages.older.loading')}
        </p>
      )}
    </div>
  )
}

/** How many came from the other member since the end was left. */
function useUnseen(history: History, atEnd: boolean): number {
  const [seen, setSeen] = useState(history.lastSeq)
  if (atEnd && seen !== history.lastSeq) setSeen(history.lastSeq)
  return useMemo(
    () =>
      atEnd
        ? 0
        : history.messages.filter(({ seq, clientMessageId }) => seq > seen && clientMessageId === null)
            .length,
    [history, seen, atEnd],
  )
}
