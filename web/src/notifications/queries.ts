import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'

/** The latest notifications, with how many are unread. */
export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/notifications', { params: { query: { limit: 30 } }, signal })),
})

/** All of them, page by page. */
export const notificationListQuery = infiniteQueryOptions({
  queryKey: ['notifications', 'list'],
  queryFn: ({ pageParam, signal }) =>
    unwrap(
      api.GET('/api/v1/notifications', {
        params: { query: { limit: 30, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.pagination.nextCursor,
})
