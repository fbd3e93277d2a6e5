import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, type Schemas, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { toast } from '../design/toast.tsx'
import { failureText } from '../people/failure.ts'
import { focusHeading } from '../people/focus-heading.ts'
import { useText } from '../text/use-text.ts'
import { removeMatches } from './queries.ts'

/** Ending a match cannot be taken back, so it is asked once more. */
export function ConfirmUnmatch({ match, onClose }: { match: Schemas['ListedMatch']; onClose(): void }) {
  const t = useText()
  const client = useQueryClient()
  const name = match.member?.displayName ?? t('matches.hiddenName')
  const unmatch = useMutation({
    mutationFn: () =>
      unwrap(api.DELETE('/api/v1/matches/{id}', { params: { path: { id: match.id } } })).catch((error) => {
        // The other member, or another tab, was faster.
        if (!isProblem(error) || error.status !== 404) throw error
      }),
    onSuccess: () => {
      removeMatches(client, ({ id }) => id === match.id)
      for (const queryKey of [['matches'], ['conversations'], ['notifications']])
        void client.invalidateQueries({ queryKey })
      toast(t('matches.end.done', { name }))
      onClose()
      focusHeading()
    },
  })
  return (
    <Dialog open onClose={onClose} title={t('matches.end.confirm', { name })}>
      <p>{t('matches.end.text', { name })}</p>
      {unmatch.isError && <Notice tone="bad">{failureText(t, unmatch.error)}</Notice>}
      <div className="grid gap-2">
        <Button look="danger" wide busy={unmatch.isPending} onClick={() => unmatch.mutate()}>
          {t('matches.end.action')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('design.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
