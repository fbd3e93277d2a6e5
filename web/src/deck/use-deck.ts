import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { inLine } from './line.ts'
import { type DeckSession, deckQuery } from './queries.ts'
import { useDeckSession } from './session.ts'

/** So many cards before the end, the next page is loaded. */
const fewLeft = 5

/** The cards that wait for a decision, the present one first, and how many likes there are for them. */
export function useDeck() {
  const query = useInfiniteQuery(deckQuery)
  const session = useDeckSession()
  const loaded = query.data?.pages.flatMap((page) => page.data) ?? []
  const [shownId, setShownId] = useState<string>()
  const cards = inLine(loaded, session, shownId)
  const first = cards[0]?.member.id
  if (first !== shownId) setShownId(first)

  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query
  const wantsMore = cards.length <= fewLeft && hasNextPage && !isFetching && !isFetchNextPageError
  useEffect(() => {
    if (wantsMore) void fetchNextPage()
  }, [wantsMore, fetchNextPage])

  const latest = query.data?.pages.at(-1)
  const likesResetAt = latest?.likesResetAt
  return {
    query,
    cards,
    canTakeBack: session.passed.length > 0,
    likesResetAt,
    likesLeft: likesLeft(latest, session),
  }
}

/** Null is without limit; undefined, not known: also when the day of the count is over. */
function likesLeft(
  latest: { likesLeft: number | null; likesResetAt: string } | undefined,
  session: DeckSession,
): number | null | undefined {
  if (!latest || Date.parse(latest.likesResetAt) <= Date.now()) return undefined
  return latest.likesLeft === null ? null : Math.max(0, latest.likesLeft - session.likesUnderway)
}
