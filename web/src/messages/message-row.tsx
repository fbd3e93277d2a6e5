import { Pencil, Trash2 } from 'lucide-react'
import { Menu, MenuItem } from '../design/menu.tsx'
import { useText } from '../text/use-text.ts'
import { Bubble } from './bubble.tsx'
import { MessageState } from './message-state.tsx'
import type { Row } from './rows.ts'
import { useWhen } from './use-when.ts'

/** As the platform has it; it has the last word. */
const editableMs = 15 * 60_000

interface MessageRowProps {
  row: Extract<Row, { kind: 'message' }>
  index: number
  tabIndex: number
  name: string | null
  /** Tapped, which is how a finger gets at what a pointer finds by hovering. */
  selected: boolean
  onSelect(): void
  onEdit(): void
  onDelete(): void
}

/** One message, with when it was written, how far an own one has come, and what its author can do with it. */
export function MessageRow({
  row,
  index,
  tabIndex,
  name,
  selected,
  onSelect,
  onEdit,
  onDelete,
}: MessageRowProps) {
  const t = useText()
  const when = useWhen()
  const { message, own, first, last, progress } = row
  const deleted = message.text === null
  const author = own ? t('messages.you') : (name ?? t('messages.someone'))
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a finger's way to what focus shows to the keyboard
    <article
      data-row={index}
      tabIndex={tabIndex}
      aria-label={t('messages.by', { name: author, time: when.time(message.createdAt) })}
      className={`group px-4 md:px-6 ${first ? 'pt-2' : 'pt-0.5'} ${last ? 'pb-1' : ''} -outline-offset-2`}
      onClick={onSelect}
    >
      <div className={`flex items-center gap-1 ${own ? 'justify-end' : ''}`}>
        {own && !deleted && (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only keeps a tap on the menu from choosing the message
          <div
            className={`shrink-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 ${selected ? '' : 'opacity-0 pointer-coarse:invisible'}`}
            onClick={(event) => event.stopPropagation()}
          >
            <MessageMenu createdAt={message.createdAt} onEdit={onEdit} onDelete={onDelete} />
          </div>
        )}
        <div className={`flex min-w-0 max-w-[82%] md:max-w-[36rem] ${own ? 'justify-end' : ''}`}>
          <Bubble own={own} first={first} last={last} faint={deleted}>
            {message.text ?? t('messages.deleted')}
          </Bubble>
        </div>
      </div>
      {(last || selected) && (
        <p
          className={`flex items-center gap-1.5 px-1 pt-1 text-ink-soft text-xs ${own ? 'justify-end' : ''}`}
        >
          {message.editedAt !== null && !deleted && <span>{t('messages.edited')}</span>}
          <time dateTime={message.createdAt}>{when.time(message.createdAt)}</time>
          {progress && <MessageState progress={progress} />}
        </p>
      )}
    </article>
  )
}

function MessageMenu({
  createdAt,
  onEdit,
  onDelete,
}: {
  createdAt: string
  onEdit(): void
  onDelete(): void
}) {
  const t = useText()
  const editable = Date.now() - Date.parse(createdAt) < editableMs
  return (
    <Menu label={t('messages.menu')}>
      {editable && (
        <MenuItem icon={<Pencil size={18} aria-hidden="true" />} onClick={onEdit}>
          {t('messages.edit')}
        </MenuItem>
      )}
      <MenuItem danger icon={<Trash2 size={18} aria-hidden="true" />} onClick={onDelete}>
        {t('messages.delete')}
      </MenuItem>
    </Menu>
  )
}
