import { SendHorizontal } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../text/use-text.ts'
import { draftOf, keepDraft } from './draft.ts'
import { canBeSent, isTouch, MessageForm } from './message-form.tsx'
import { write } from './outbox.ts'
import { SendButton } from './send-button.tsx'
import { saidAll, sayTyping } from './typing.ts'

/** Where a new message is written; what is not sent is there again after a reload. */
export function Composer({ conversationId, name }: { conversationId: string; name: string | null }) {
  const t = useText()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(() => draftOf(conversationId))
  const change = (next: string) => {
    setText(next)
    keepDraft(conversationId, next)
    if (next.trim() !== '') sayTyping(conversationId)
  }
  const submit = () => {
    if (!canBeSent(text)) return
    write(conversationId, text.trim())
    setText('')
    keepDraft(conversationId, '')
    saidAll(conversationId)
    field.current?.focus()
  }
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
      onSubmit={submit}
      fieldRef={field}
    >
      <SendButton
        label={t('messages.send')}
        icon={<SendHorizontal size={20} className="rtl:-scale-x-100" />}
        disabled={!canBeSent(text)}
      />
    </MessageForm>
  )
}
