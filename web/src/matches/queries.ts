import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { api, type Schemas, unwrap } from '../api/client.ts'

const first = null as string | null
const page = (limit: number, cursor: string | null) => ({
  query: { limit, ...(cursor === null ? {} : { cursor }) },
})

/** The active matches, the newest first. */
export const matchesQuery = infiniteQueryOptions({
  queryKey: ['matches', 'all'],
  queryFn: ({ pageParam, signal }) =>
    unwrap(api.GET('/api/v1/matches', { params: page(24, pageParam), signal })),
  initialPageParam: first,
  getNextPageParam: (answer) => answer.pagination.nextCursor,
})

/** Takes matches that are over from what is loaded. */
export function removeMatches(client: QueryClient, isOver: (match: Schemas['ListedMatch']) => boolean): void {
  client.setQueryData(
    matchesQuery.queryKey,
    (matches) =>
      matches && {
        ...matches,
        pages: matches.pages.map((page) => ({ ...page, data: page.data.filter((match) => !isOver(match)) })),
      },
  )
}

/** Who waits for an answer: how many, and, where the plan says so, who. */
export const likesQuery = infiniteQueryOptions({
  queryKey: ['likes'],
  queryFn: ({ pageParam, signal }) =>
    unwrap(api.GET('/api/v1/matches/likes-received', { params: page(12, pageParam), signal })),
  initialPageParam: first,
  getNextPageParam: (answer) => answer.pagination.nextCursor,
})

/** The match with one member, or null. */
export const matchWithQuery = (memberId: string) =>
  queryOptions({
    queryKey: ['matches', 'with', memberId],
    queryFn: async ({ signal }) => {
      const { data } = await unwrap(api.GET('/api/v1/matches', { params: { query: { memberId } }, signal }))
      return data[0] ?? null
    },
  })
