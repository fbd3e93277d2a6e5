import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { useProblemText } from '../design/problem-text.ts'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { sessionsQuery } from './queries.ts'

interface OtherSessionsDialogProps {
  open: boolean
  onClose(): void
  /** The others are out of the list. */
  onEnded(): void
}

/** Ends every session but this one, once it was said what that means. */
export function OtherSessionsDialog({ open, onClose, onEnded }: OtherSessionsDialogProps) {
  const t = useText()
  const problemText = useProblemText()
  const client = useQueryClient()
  const endOthers = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/auth/sessions')),
    onSuccess: async () => {
      toast(t('settings.sessions.others.done'))
      onClose()
      await client.invalidateQueries(sessionsQuery)
      onEnded()
    },
  })
  return (
    <Dialog open={open} onClose={onClose} title={t('settings.sessions.others')}>
      <p className="text-ink-soft">{t('settings.sessions.others.text')}</p>
      {endOthers.error && <Notice tone="bad">{problemText(endOthers.error)}</Notice>}
      <div className="grid gap-2">
        <Button wide busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
          {t('settings.sessions.others')}
        </Button>
        <Button look="secondary" wide onClick={onClose}>
          {t('design.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
