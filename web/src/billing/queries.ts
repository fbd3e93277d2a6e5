import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '../api/client.ts'
import type { paths } from '../api/schema.generated.d.ts'

type Answer<
  Path extends '/api/v1/billing/plans' | '/api/v1/billing/subscription' | '/api/v1/billing/invoices',
> = paths[Path]['get']['responses'][200]['content']['application/json']

export type Plan = Answer<'/api/v1/billing/plans'>['data'][number]
export type Subscription = Answer<'/api/v1/billing/subscription'>
export type Invoice = Answer<'/api/v1/billing/invoices'>['data'][number]

/** What can be subscribed to, the cheapest first. */
export const plansQuery = queryOptions({
  queryKey: ['plans'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/billing/plans', { signal })),
  staleTime: 60 * 60_000,
})

/** The member's own plan; `free` for whoever pays nothing. */
export const subscriptionQuery = queryOptions({
  queryKey: ['subscription'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/billing/subscription', { signal })),
})

export const invoicesQuery = infiniteQueryOptions({
  queryKey: ['invoices'],
  queryFn: ({ pageParam, signal }) =>
    unwrap(
      api.GET('/api/v1/billing/invoices', {
        params: { query: { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      }),
    ),
  initialPageParam: '',
  getNextPageParam: ({ pagination }) => pagination.nextCursor,
})
