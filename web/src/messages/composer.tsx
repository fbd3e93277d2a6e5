import { useQuery } from '@tanstack/react-query'
import { SendHorizontal } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { ownProfileQuery } from '../profile/queries.ts'
import { useText } from '../text/use-text.ts'
import { draftOf, keepDraft } from './draft.ts'
import { canBeSent, isTouch, MessageForm } from './message-form.tsx'
import { MessageState } from './message-state.tsx'
import { write } from './outbox.ts'
import { SendButton } from './send-button.tsx'
import { saidAll, sayTyping } from './typing.ts'

/** Where a new message is written; what is not sent is there again after a reload. */
export function Composer({ conversationId, name }: { conversationId: string; name: string | null }) {
  const t = useText()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(() => draftOf(conversationId))
  const author = useQuery(ownProfileQuery)
  /** Sent while it was not known who writes: it leaves once that is known, unless it is changed before. */
  const [held, setHeld] = useState(false)
  const change = (next: string) => {
    setHeld(false)
    setText(next)
    keepDraft(conversationId, next)
    if (next.trim() !== '') sayTyping(conversationId)
  }
  const submit = () => {
    if (!canBeSent(text)) return
    const taken = write(conversationId, text.trim())
    setHeld(!taken)
    if (!taken) return
    setText('')
    keepDraft(conversationId, '')
    saidAll(conversationId)
  }
  useEffect(() => {
    if (held && author.data) submit()
  })
  useEffect(() => {
    // With a keyboard one comes here to write; on touch the keyboard would hide what was written.
    if (!isTouch()) field.current?.focus({ preventScroll: true })
  }, [])
  return (
    <MessageForm
      label={t('messages.write.label', { name: name ?? t('messages.someone') })}
      placeholder={t('messages.write.placeholder')}
      text={text}
      onText={change}
      onSubmit={() => {
        submit()
        if (!author.data) void author.refetch({ cancelRefetch: false })
        field.current?.focus()
      }}
      fieldRef={field}
      note={
        held &&
        author.errorUpdateCount > 0 && (
          <p className="flex justify-end px-2 pb-1 text-ink-soft text-sm">
            <MessageState progress="waiting" />
          </p>
        )
      }
    >
      <SendButton
        label={t('messages.send')}
        icon={<SendHorizontal size={20} className="rtl:-scale-x-100" />}
        disabled={!canBeSent(text)}
        busy={held}
      />
    </MessageForm>
  )
}
