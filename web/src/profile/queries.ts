import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { api, type Schemas, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { checkMember } from '../app/session.ts'

/** The own profile, with what is missing in it before others can see it. */
export const ownProfileQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: async ({ signal }) => {
    const profile = await unwrap(api.GET('/api/v1/users/profile', { signal }))
    await checkMember(profile.id)
    return profile
  },
  meta: { keep: true },
})

/** As a change of it was answered; what was asked for before that does not come over it, what changed since does. */
export async function takeOwnProfile(client: QueryClient, profile: Schemas['OwnProfile']): Promise<void> {
  await client.cancelQueries(ownProfileQuery)
  client.setQueryData(ownProfileQuery.queryKey, profile)
  void client.invalidateQueries(ownProfileQuery)
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
