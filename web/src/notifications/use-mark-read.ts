import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'
import { notificationListQuery, notificationsQuery } from './queries.ts'

/** Marks these notifications, or all with `null`, as read: here at once, and there. */
export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ids: string[] | null) =>
      unwrap(api.POST('/api/v1/notifications/read', { body: ids === null ? {} : { ids } })),
    onMutate: async (ids) => {
      await client.cancelQueries({ queryKey: notificationsQuery.queryKey })
      showRead(client, ids)
    },
    // Whatever came of it, the platform knows.
    onSettled: () => client.invalidateQueries({ queryKey: notificationsQuery.queryKey }),
  })
}

function showRead(client: QueryClient, ids: string[] | null): void {
  const now = new Date().toISOString()
  const read = <T extends { id: string; readAt: string | null }>(entry: T): T =>
    entry.readAt === null && (ids === null || ids.includes(entry.id)) ? { ...entry, readAt: now } : entry
  const left = (unread: number) => (ids === null ? 0 : Math.max(0, unread - ids.length))
  client.setQueryData(
    notificationsQuery.queryKey,
    (latest) => latest && { ...latest, data: latest.data.map(read), unread: left(latest.unread) },
  )
  client.setQueryData(
    notificationListQuery.queryKey,
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({ ...page, data: page.data.map(read), unread: left(page.unread) })),
      },
  )
}
