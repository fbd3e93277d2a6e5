import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Photo } from '../design/photo.tsx'
import { PersonMenu } from '../people/person-menu.tsx'
import { PhotoGallery } from '../people/photo-gallery.tsx'
import { ProfileWords } from '../people/profile-words.tsx'
import { useText } from '../text/use-text.ts'
import { DecisionBar } from './decision-bar.tsx'
import { type Leaving, LeavingCard } from './leaving-card.tsx'
import type { Choice, DeckEntry } from './queries.ts'
import { removeFromDeck } from './session.ts'
import { SwipeCard } from './swipe-card.tsx'
import { useDeckKeys } from './use-deck-keys.ts'

const sizes = '(min-width: 48rem) 26rem, 100vw'

interface DeckTableProps {
  entry: DeckEntry
  next: DeckEntry | undefined
  canTakeBack: boolean
  undo: { takeBack(): void; busy: boolean }
  /** True when the card goes. */
  onChoice(entry: DeckEntry, choice: Choice): boolean
}

/** The present card with what can be done about it; the next one lies below it, loaded already. */
export function DeckTable({ entry, next, canTakeBack, undo, onChoice }: DeckTableProps) {
  const t = useText()
  const client = useQueryClient()
  const [leaving, setLeaving] = useState<Leaving>()
  const { member, distanceKm } = entry
  const choose = (choice: Choice, fromPx = 0) => {
    if (onChoice(entry, choice)) setLeaving({ entry, choice, fromPx })
  }
  const takeBack = () => {
    if (canTakeBack) undo.takeBack()
  }
  useDeckKeys({ like: () => choose('like'), pass: () => choose('pass'), takeBack })
  const met = useRef(member.id)
  useEffect(() => {
    // Each person is met from the top; whoever comes back to the deck is where they were.
    if (met.current !== member.id) window.scrollTo({ top: 0 })
    met.current = member.id
  }, [member.id])

  return (
    <article className="max-md:-mx-4 grid gap-6 max-md:overflow-x-clip max-md:px-4 md:grid-cols-[minmax(0,25rem)_minmax(0,1fr)] md:items-start md:gap-10">
      <div className="grid gap-4 md:sticky md:top-6">
        <div className="relative aspect-[4/5] max-h-[calc(100dvh-17rem)] min-h-72 w-full">
          {next && (
            <div aria-hidden="true" className="absolute inset-0 overflow-hidden rounded-card">
              <Photo
                key={next.member.id}
                photo={next.member.photos[0]}
                alt=""
                sizes={sizes}
                eager
                className="size-full"
              />
            </div>
          )}
          <SwipeCard key={member.id} onChoice={choose}>
            <PhotoGallery
              photos={member.photos}
              name={member.displayName}
              sizes={sizes}
              buttonsOnly
              className="size-full"
            />
          </SwipeCard>
          {leaving && (
            <LeavingCard
              key={`leaving ${leaving.entry.member.id}`}
              leaving={leaving}
              sizes={sizes}
              onLeft={() => setLeaving(undefined)}
            />
          )}
        </div>
        <DecisionBar
          name={member.displayName}
          canTakeBack={canTakeBack}
          takingBack={undo.busy}
          onChoice={choose}
          onTakeBack={takeBack}
        />
      </div>
      <div className="relative max-md:pb-20">
        <p role="status" className="sr-only">
          {t('people.card.nameAndAge', { name: member.displayName, age: member.age })}
        </p>
        <ProfileWords card={member} distanceKm={distanceKm} />
        <PersonMenu
          className="absolute end-0 top-0"
          memberId={member.id}
          displayName={member.displayName}
          onGone={() => removeFromDeck(client, member.id)}
        />
      </div>
    </article>
  )
}
