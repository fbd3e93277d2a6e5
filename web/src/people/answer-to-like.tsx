import { useInfiniteQuery } from '@tanstack/react-query'
import { Heart, X } from 'lucide-react'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { LikesUsed } from '../deck/likes-used.tsx'
import { MatchMoment } from '../deck/match-moment.tsx'
import { deckQuery } from '../deck/queries.ts'
import { useDeckSession } from '../deck/session.ts'
import { type NewMatch, useDecide } from '../deck/use-decide.ts'
import { Button } from '../design/button.tsx'
import { toast } from '../design/toast.tsx'
import { likesQuery } from '../matches/queries.ts'
import { useText } from '../text/use-text.ts'
import { focusHeading } from './focus-heading.ts'

/** Where somebody likes the member and waits for an answer: like or pass, as in the deck. Else nothing. */
export function AnswerToLike({ card, onPassed }: { card: Schemas['Card']; onPassed(): void }) {
  const t = useText()
  const likes = useInfiniteQuery(likesQuery)
  const deck = useInfiniteQuery({ ...deckQuery, enabled: false })
  const session = useDeckSession()
  const [made, setMade] = useState<NewMatch>()
  const [likesUsed, setLikesUsed] = useState(false)
  const decide = useDecide({ onMatch: setMade, onLikesUsed: () => setLikesUsed(true) })
  const waits =
    likes.data?.pages.some((page) => page.data.some(({ member }) => member.id === card.id)) ?? false
  const name = card.displayName
  return (
    <>
      {waits && session.decided[card.id] === undefined && (
        <section className="grid gap-3 rounded-card bg-wine-soft p-5 sm:flex sm:items-center sm:justify-between">
          <p>{t('people.member.likesYou', { name })}</p>
          <div className="flex gap-2">
            <Button
              look="secondary"
              className="flex-1 whitespace-nowrap"
              icon={<X size={20} aria-hidden="true" />}
              onClick={() => {
                decide({ member: card }, 'pass')
                toast(t('people.member.passed', { name }))
                onPassed()
              }}
            >
              {t('people.member.pass')}
            </Button>
            <Button
              className="flex-1 whitespace-nowrap"
              icon={<Heart size={20} aria-hidden="true" />}
              onClick={() => {
                decide({ member: card }, 'like')
                focusHeading()
              }}
            >
              {t('people.member.like', { name })}
            </Button>
          </div>
        </section>
      )}
      <LikesUsed
        open={likesUsed}
        resetAt={deck.data?.pages.at(-1)?.likesResetAt}
        onClose={() => setLikesUsed(false)}
      />
      {made && <MatchMoment made={made} onClose={() => setMade(undefined)} />}
    </>
  )
}
