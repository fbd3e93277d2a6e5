import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, type Schemas, unwrap } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { toast } from '../design/toast.tsx'
import { matchWasShown } from '../matches/match-news.ts'
import { type Translate, useText } from '../text/use-text.ts'
import { type Choice, type DeckEntry, deckQuery } from './queries.ts'
import { bringBack, likeAnswered, noteDecision, noteLikesLeft, removeFromDeck } from './session.ts'

/** Decisions and what takes them back are sent one after the other, in the order they were made. */
export const inOrder = { id: 'decisions' }

export interface NewMatch {
  match: Schemas['Match']
  member: Schemas['Card']
}

interface DecideOptions {
  onMatch(made: NewMatch): void
  onLikesUsed(): void
}

/**
 * The one way to like or pass, for buttons, keys and swipes: the card goes at once, the platform is told in
 * order, and the card comes back when that failed. False when this card had its decision already.
 */
export function useDecide({
  onMatch,
  onLikesUsed,
}: DecideOptions): (entry: DeckEntry, choice: Choice) => boolean {
  const t = useText()
  const client = useQueryClient()
  // An answer may come when the screen has been left: a match is then told of by its push.
  const here = useRef(false)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])
  const { mutate } = useMutation({
    scope: inOrder,
    mutationFn: ({ entry, choice }: { entry: DeckEntry; choice: Choice }) =>
      unwrap(
        api.POST('/api/v1/matches/decisions', { body: { memberId: entry.member.id, decision: choice } }),
      ),
    onSuccess: ({ match, likesLeft }, { entry: { member }, choice }) => {
      if (choice === 'like') likeAnswered(client)
      noteLikesLeft(client, likesLeft)
      for (const key of match ? ['likes', 'matches', 'conversations'] : ['likes'])
        void client.invalidateQueries({ queryKey: [key] })
      if (!match || !here.current) return
      matchWasShown(match.id)
      onMatch({ match, member })
    },
    onError: (error, { entry, choice }) => {
      if (choice === 'like') likeAnswered(client)
      const outcome = undo(client, entry, error)
      if (outcome === 'likes-used' && here.current) onLikesUsed()
      else toast(sentence(t, outcome, error, entry.member.displayName))
    },
  })
  return (entry, choice) => {
    if (!noteDecision(client, entry, choice)) return false
    mutate({ entry, choice })
    return true
  }
}

/** Puts the deck as it is for the platform, and says what that means. */
function undo(
  client: QueryClient,
  entry: DeckEntry,
  error: unknown,
): 'likes-used' | 'gone' | 'unready' | 'back' {
  const code = isProblem(error) ? error.code : ''
  if (code === 'already_decided' || code === 'not_a_candidate') {
    removeFromDeck(client, entry.member.id)
    return 'gone'
  }
  bringBack(client, entry)
  if (code === 'daily_likes_used') {
    noteLikesLeft(client, 0)
    return 'likes-used'
  }
  if (code === 'profile_incomplete' || code === 'preferences_missing') {
    void client.invalidateQueries({ queryKey: deckQuery.queryKey })
    return 'unready'
  }
  return 'back'
}

function sentence(t: Translate, outcome: ReturnType<typeof undo>, error: unknown, name: string): string {
  if (outcome === 'likes-used') return t('deck.failed.likesUsed', { name })
  if (outcome === 'gone') return t('deck.failed.gone', { name })
  if (outcome === 'unready') return t('deck.failed.unready')
  if (isProblem(error) && error.code === 'offline') return t('deck.failed.offline', { name })
  return t('deck.failed.other', { name })
}
