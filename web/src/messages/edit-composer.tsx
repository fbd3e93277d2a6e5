import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { api, unwrap } from '../api/client.ts'
import { IconButton } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { applyEdited } from './apply-change.ts'
import { failureText } from './failure-text.ts'
import type { Message } from './history.ts'
import { canBeSent, MessageForm } from './message-form.tsx'
import { SendButton } from './send-button.tsx'

/** Takes the composer's place while an own message is given other words. */
export function EditComposer({ message, onDone }: { message: Message; onDone(): void }) {
  const t = useText()
  const client = useQueryClient()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(message.text ?? '')
  const { conversationId, id: messageId } = message
  const edit = useMutation({
    mutationFn: (words: string) =>
      unwrap(
        api.PATCH('/api/v1/conversations/{conversationId}/messages/{messageId}', {
          params: { path: { conversationId, messageId } },
          body: { text: words },
        }),
      ),
    onSuccess: (edited) => {
      applyEdited(client, edited)
      onDone()
    },
  })
  const submit = () => {
    if (edit.isPending || !canBeSent(text)) return
    if (text.trim() === message.text) return onDone()
    edit.mutate(text.trim())
  }
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(-1, -1)
  }, [])
  return (
    <MessageForm
      label={t('messages.edit.label')}
      text={text}
      onText={setText}
      onSubmit={submit}
      onEscape={onDone}
      fieldRef={field}
      note={
        <div className="grid gap-2 pb-1">
          <div className="flex items-center justify-between gap-2 ps-2 text-ink-soft text-sm">
            {t('messages.edit.label')}
            <IconButton label={t('design.cancel')} icon={<X size={18} />} onClick={onDone} />
          </div>
          {edit.isError && <Notice tone="bad">{failureText(t, edit.error)}</Notice>}
        </div>
      }
    >
      <SendButton
        label={t('design.save')}
        icon={<Check size={20} />}
        disabled={!canBeSent(text)}
        busy={edit.isPending}
      />
    </MessageForm>
  )
}
