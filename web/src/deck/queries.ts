import { infiniteQueryOptions, queryOptions, skipToken } from '@tanstack/react-query'
import { api, type Schemas, unwrap } from '../api/client.ts'

/** Somebody to decide about; the distance is known for those who came with the deck. */
export interface DeckEntry {
  member: Schemas['Card']
  distanceKm?: number
}
export type Choice = 'like' | 'pass'

const pageSize = 20

/**
 * Whom the member could want and who could want the member, the nearest first. Pages whose people were all
 * decided about fall off at the beginning, so that loading again stays cheap.
 */
export const deckQuery = infiniteQueryOptions({
  queryKey: ['deck'],
  queryFn: ({ pageParam, signal }) =>
    unwrap(
      api.GET('/api/v1/matches/deck', {
        params: { query: { limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.pagination.nextCursor,
  getPreviousPageParam: () => null,
  maxPages: 3,
  staleTime: 5 * 60_000,
})

export interface DeckSession {
  /** What was decided here, sent or about to be: such a card never shows again, whatever is loaded meanwhile. */
  decided: Readonly<Record<string, Choice | 'gone'>>
  /** Passes that can be taken back, the last one first. */
  passed: readonly DeckEntry[]
  /** Cards that came back, by a failure or because a pass was taken back; they stand before all others. */
  returned: readonly DeckEntry[]
  /** Likes that were given here and are not counted in the platform's last answer yet. */
  likesUnderway: number
}

export const nothingYet: DeckSession = { decided: {}, passed: [], returned: [], likesUnderway: 0 }

/** What happened in this session. It lies beside what was loaded, so that it is forgotten with it on signing out. */
export const deckSessionQuery = queryOptions<DeckSession>({
  queryKey: ['deck-session'],
  queryFn: skipToken,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
})
