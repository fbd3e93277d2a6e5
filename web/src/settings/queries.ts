import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, asProblem, unwrap } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import type { paths } from '../api/schema.generated.d.ts'
import { refreshSession } from '../app/session.ts'

export type Account =
  paths['/api/v1/auth/refresh']['post']['responses'][200]['content']['application/json']['member']

/** Who is signed in, with what is only theirs to know. Not kept on the device. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: askWho,
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

/**
 * The answer to a renewal of the session names its member. One renewal at a time, also between tabs, as
 * everywhere; not through the client, which would renew in turn, and wait for the lock that we hold.
 */
async function askWho(): Promise<Account> {
  const response = await navigator.locks.request('accord.refresh', () =>
    fetch('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accord-session': 'cookie', 'accord-csrf': '1' },
      body: '{}',
    }).catch(() => null),
  )
  if (!response) throw new Problem({ status: 0, code: 'offline' })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return (body as { member: Account }).member
  // Over: asked once more by whoever tells it to the whole app.
  if (response.status === 401) await refreshSession()
  throw asProblem(body, response)
}
