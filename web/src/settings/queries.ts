import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'

/** Who is signed in, with what is only theirs to know. Not kept on the device. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/auth/session', { signal }))).member,
  staleTime: 5 * 60_000,
})

export const sessionsQuery = infiniteQueryOptions({
  queryKey: ['sessions'],
  queryFn: ({ pageParam, signal }) =>
    unwrap(
      api.GET('/api/v1/auth/sessions', {
        params: { query: { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      }),
    ),
  initialPageParam: '',
  getNextPageParam: ({ pagination }) => pagination.nextCursor,
})

export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/auth/devices', { signal })),
})

export const mailPreferencesQuery = queryOptions({
  queryKey: ['mail-preferences'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/notifications/preferences', { signal })),
})

export const consentsQuery = queryOptions({
  queryKey: ['consents'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/users/consents', { signal })),
})
