import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { Page } from '../design/page.tsx'
import { ShowMore } from '../design/show-more.tsx'
import { SkeletonRows } from '../design/skeleton.tsx'
import { EmptyState, ErrorState } from '../design/state.tsx'
import { toast } from '../design/toast.tsx'
import { conversationsQuery } from '../messages/queries.ts'
import { useText } from '../text/use-text.ts'
import { NotificationRow } from './notification-row.tsx'
import { notificationListQuery } from './queries.ts'
import { useMarkRead } from './use-mark-read.ts'

/** What happened while the member was elsewhere, the latest first. Opening one marks it as read. */
export function NotificationsScreen() {
  const t = useText()
  const query = useInfiniteQuery(notificationListQuery)
  const conversations = useQuery(conversationsQuery)
  const markRead = useMarkRead()
  const unread = query.data?.pages[0]?.unread ?? 0
  const entries = query.data?.pages.flatMap((page) => page.data) ?? []
  const markAll = () => markRead.mutate(null, { onError: () => toast(t('notifications.markFailed')) })
  return (
    <Page title={t('notifications.title')} back="/discover" narrow>
      {query.isPending && <SkeletonRows />}
      {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.data && entries.length === 0 && (
        <EmptyState
          icon={<Bell size={28} />}
          title={t('notifications.empty.title')}
          text={t('notifications.empty.text')}
        />
      )}
      {entries.length > 0 && (
        <>
          <div className="flex min-h-12 flex-wrap items-center justify-between gap-2">
            <p role="status" className="text-ink-soft">
              {t('notifications.unread', { count: unread })}
            </p>
            {unread > 0 && (
              <Button look="quiet" onClick={markAll}>
                {t('notifications.markAll')}
              </Button>
            )}
          </div>
          <ul className="-mx-3 grid gap-1">
            {entries.map((entry) => (
              <NotificationRow
                key={entry.id}
                entry={entry}
                // Most people here are in a conversation that is loaded already: their card need not be asked for.
                peer={
                  conversations.data?.data.find(({ peerId }) => peerId === entry.about.memberId)?.peer ?? null
                }
                mayAsk={!conversations.isPending}
                onOpen={() => {
                  if (entry.readAt === null) markRead.mutate([entry.id])
                }}
              />
            ))}
          </ul>
          <ShowMore query={query} />
        </>
      )}
    </Page>
  )
}
