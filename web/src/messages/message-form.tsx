import { type KeyboardEvent, type ReactNode, type Ref, useId } from 'react'
import { useText } from '../text/use-text.ts'
import { GrowingTextArea } from './growing-text-area.tsx'

/** As the platform has it, counted after spaces around were taken away. */
export const longestText = 4000
const counterFrom = 3600

interface MessageFormProps {
  label: string
  placeholder?: string
  text: string
  onText(text: string): void
  onSubmit(): void
  onEscape?: () => void
  /** Beside the field: what sends it. */
  children: ReactNode
  /** Above the field. */
  note?: ReactNode
  fieldRef?: Ref<HTMLTextAreaElement | null>
}

/** Where a message is written: Enter sends it where there is a keyboard with Shift, and is a new line on touch. */
export function MessageForm({
  label,
  placeholder,
  text,
  onText,
  onSubmit,
  onEscape,
  children,
  note,
  fieldRef,
}: MessageFormProps) {
  const t = useText()
  const id = useId()
  const left = longestText - text.trim().length
  const onKeyDown = (event: KeyboardEvent) => {
    // While a word is being composed (Japanese, Chinese), Enter takes the word.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && onEscape) return onEscape()
    if (event.key !== 'Enter' || event.shiftKey || isTouch()) return
    event.preventDefault()
    onSubmit()
  }
  return (
    <form
      className="shrink-0 border-line border-t bg-ground px-3 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] md:px-5 md:pb-4"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {note}
      <div className="flex items-end gap-2">
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <GrowingTextArea
          ref={fieldRef}
          id={id}
          value={text}
          placeholder={placeholder}
          aria-describedby={left <= longestText - counterFrom ? `${id}-left` : undefined}
          aria-invalid={left < 0 || undefined}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {children}
      </div>
      {left <= longestText - counterFrom && (
        <p id={`${id}-left`} className={`px-2 pt-1 text-sm ${left < 0 ? 'text-bad' : 'text-ink-soft'}`}>
          {left < 0 ? t('messages.tooLong', { count: -left }) : t('messages.left', { count: left })}
        </p>
      )}
    </form>
  )
}

/** Whether it has something visible and is not too long. */
export function canBeSent(text: string): boolean {
  const words = text.trim()
  return words.length > 0 && words.length <= longestText
}

export const isTouch = () => matchMedia('(pointer: coarse)').matches
