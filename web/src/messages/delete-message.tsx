import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { applyEdited } from './apply-change.ts'
import { failureText } from './failure-text.ts'
import type { Message } from './history.ts'

/** Asks whether an own message is to be taken back, which cannot be undone. */
export function DeleteMessage({ message, onClose }: { message: Message | null; onClose(): void }) {
  const t = useText()
  return (
    <Dialog open={message !== null} onClose={onClose} title={t('messages.delete.title')}>
      {message && <Confirm message={message} onClose={onClose} />}
    </Dialog>
  )
}

function Confirm({ message, onClose }: { message: Message; onClose(): void }) {
  const t = useText()
  const client = useQueryClient()
  const { id: messageId, conversationId } = message
  const remove = useMutation({
    mutationFn: () =>
      unwrap(
        api.DELETE('/api/v1/conversations/{conversationId}/messages/{messageId}', {
          params: { path: { conversationId, messageId } },
        }),
      ),
    onSuccess: () => {
      applyEdited(client, { ...message, text: null, deletedAt: new Date().toISOString() })
      onClose()
    },
  })
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">{t('messages.delete.text')}</p>
      {remove.isError && <Notice tone="bad">{failureText(t, remove.error)}</Notice>}
      <div className="grid gap-2">
        <Button look="danger" wide busy={remove.isPending} onClick={() => remove.mutate()}>
          {t('messages.delete.action')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('messages.delete.keep')}
        </Button>
      </div>
    </div>
  )
}
