import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { ShieldOff } from 'lucide-react'
import { useState } from 'react'
import { api, type Schemas, unwrap } from '../api/client.ts'
import { letShowAgain } from '../deck/session.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { Page } from '../design/page.tsx'
import { Avatar } from '../design/photo.tsx'
import { ShowMore } from '../design/show-more.tsx'
import { SkeletonRows } from '../design/skeleton.tsx'
import { EmptyState, ErrorState } from '../design/state.tsx'
import { toast } from '../design/toast.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'
import { failureText } from './failure.ts'
import { focusHeading } from './focus-heading.ts'
import { blocksQuery } from './queries.ts'

/** Those whom the member has blocked, each with the way back. */
export function BlockedScreen() {
  const t = useText()
  return (
    <Page title={t('people.blocked.title')} back="/settings" narrow>
      <BlockedList />
    </Page>
  )
}

function BlockedList() {
  const t = useText()
  const format = useFormat()
  const query = useInfiniteQuery(blocksQuery)
  const [asked, setAsked] = useState<Schemas['Block']>()
  if (query.isPending) return <SkeletonRows count={3} />
  if (query.isError && !query.data)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />
  const blocks = query.data.pages.flatMap((page) => page.data)
  if (blocks.length === 0) {
    return (
      <EmptyState
        icon={<ShieldOff size={28} />}
        title={t('people.blocked.empty.title')}
        text={t('people.blocked.empty.text')}
      />
    )
  }
  return (
    <>
      <p className="text-ink-soft">{t('people.blocked.intro')}</p>
      <ul className="divide-y divide-line">
        {blocks.map((block) => (
          <li key={block.memberId} className="flex items-center gap-4 py-3">
            <Avatar photo={undefined} name={block.displayName} />
            <div className="min-w-0 flex-1">
              <p className="truncate font-serif text-lg">{block.displayName}</p>
              <p className="text-ink-soft text-sm">
                {t('people.blocked.since', { date: format.day(block.blockedAt) })}
              </p>
            </div>
            <Button
              look="secondary"
              aria-label={t('people.blocked.unblockName', { name: block.displayName })}
              onClick={() => setAsked(block)}
            >
              {t('people.blocked.unblock')}
            </Button>
          </li>
        ))}
      </ul>
      <ShowMore query={query} />
      {asked && <ConfirmUnblock block={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

function ConfirmUnblock({
  block: { memberId, displayName: name },
  onClose,
}: {
  block: Schemas['Block']
  onClose(): void
}) {
  const t = useText()
  const client = useQueryClient()
  const unblock = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/users/{id}/block', { params: { path: { id: memberId } } })),
    onSuccess: async () => {
      letShowAgain(client, memberId)
      for (const queryKey of [['deck'], ['likes'], ['member', memberId]])
        void client.invalidateQueries({ queryKey })
      await client.invalidateQueries({ queryKey: blocksQuery.queryKey })
      toast(t('people.blocked.done', { name }))
      onClose()
      focusHeading()
    },
  })
  return (
    <Dialog open onClose={onClose} title={t('people.blocked.confirm.title', { name })}>
      <p>{t('people.blocked.confirm.text')}</p>
      {unblock.isError && <Notice tone="bad">{failureText(t, unblock.error)}</Notice>}
      <div className="grid gap-2">
        <Button wide busy={unblock.isPending} onClick={() => unblock.mutate()}>
          {t('people.blocked.unblock')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('design.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
