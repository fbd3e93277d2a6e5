import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { api, type Schemas, unwrap } from '../api/client.ts'
import { isProblem, mayPass } from '../api/problem.ts'
import { ownProfileKey } from '../app/who.ts'

/**
 * How soon it is asked again who is signed in, as long as that is not known: nothing can be written before. Ever
 * later, so that a platform that comes back is not met by everybody at once.
 */
const unknownMs = (failures: number) => Math.min(4_000 * 1.5 ** (failures - 1), 60_000) * patience

/** Each page has its own, and keeps it: another pause would begin anew whenever the page is rendered. */
const patience = 1 + Math.random() / 2

/** The own profile, with what is missing in it before others can see it. */
export const ownProfileQuery = queryOptions({
  queryKey: ownProfileKey,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/users/profile', { signal })),
  refetchInterval: ({ state: { data, error, errorUpdateCount } }) =>
    data === undefined && mayPass(error) && unknownMs(errorUpdateCount),
  meta: { keep: true },
})

/** As a change of it was answered; what was asked for before that does not come over it. */
export async function takeOwnProfile(client: QueryClient, profile: Schemas['OwnProfile']): Promise<void> {
  await client.cancelQueries(ownProfileQuery)
  client.setQueryData(ownProfileQuery.queryKey, profile)
}

/** Whom the member is looking for; null until it was said. */
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/matches/preferences', { signal })).catch((error) => {
      if (isProblem(error) && error.status === 404) return null
      throw error
    }),
})

/** Cities of which a name begins with these letters, the largest first. */
export const placesQuery = (letters: string) =>
  queryOptions({
    queryKey: ['places', letters],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/places', { params: { query: { q: letters, limit: 8 } }, signal })),
    enabled: letters !== '',
    staleTime: 60 * 60_000,
  })
