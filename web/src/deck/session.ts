import { type QueryClient, useQuery } from '@tanstack/react-query'
import {
  type Choice,
  type DeckEntry,
  type DeckSession,
  deckQuery,
  deckSessionQuery,
  nothingYet,
} from './queries.ts'

export function useDeckSession(): DeckSession {
  return useQuery(deckSessionQuery).data ?? nothingYet
}

function change(client: QueryClient, step: (session: DeckSession) => DeckSession): void {
  client.setQueryData(deckSessionQuery.queryKey, (session) => step(session ?? nothingYet))
}

const without = (entries: readonly DeckEntry[], id: string) =>
  entries.filter(({ member }) => member.id !== id)

/** False when this card was decided about already: a second click changes nothing. */
export function noteDecision(client: QueryClient, entry: DeckEntry, choice: Choice): boolean {
  const { id } = entry.member
  if (client.getQueryData(deckSessionQuery.queryKey)?.decided[id] !== undefined) return false
  change(client, (session) => ({
    decided: { ...session.decided, [id]: choice },
    passed: choice === 'pass' ? [entry, ...session.passed] : session.passed,
    returned: without(session.returned, id),
    likesUnderway: session.likesUnderway + (choice === 'like' ? 1 : 0),
  }))
  return true
}

export function likeAnswered(client: QueryClient): void {
  change(client, (session) => ({ ...session, likesUnderway: Math.max(0, session.likesUnderway - 1) }))
}

/** The card stands in front again, as if nothing had been decided. */
export function bringBack(client: QueryClient, entry: DeckEntry): void {
  const { id } = entry.member
  change(client, (session) => {
    const { [id]: _, ...decided } = session.decided
    return {
      ...session,
      decided,
      passed: without(session.passed, id),
      returned: [entry, ...without(session.returned, id)],
    }
  })
}

/** There is nothing left that could be taken back. */
export function forgetPasses(client: QueryClient): void {
  change(client, (session) => ({ ...session, passed: [] }))
}

/** Somebody who was blocked, or is not there any more. */
export function removeFromDeck(client: QueryClient, memberId: string): void {
  change(client, (session) => ({
    ...session,
    decided: { ...session.decided, [memberId]: 'gone' },
    passed: without(session.passed, memberId),
    returned: without(session.returned, memberId),
  }))
}

/** Somebody who was unblocked may show again. */
export function letShowAgain(client: QueryClient, memberId: string): void {
  change(client, (session) => {
    const { [memberId]: _, ...decided } = session.decided
    return { ...session, decided }
  })
}

/** Takes the count of an answer for every page: only the latest is shown. */
export function noteLikesLeft(client: QueryClient, likesLeft: number | null): void {
  client.setQueryData(
    deckQuery.queryKey,
    (deck) => deck && { ...deck, pages: deck.pages.map((page) => ({ ...page, likesLeft })) },
  )
}
