import { useState } from 'react'
import { isProblem } from '../api/problem.ts'
import { InSlices } from '../design/in-slices.tsx'
import { Page } from '../design/page.tsx'
import { ErrorState } from '../design/state.tsx'
import { BellLink } from '../notifications/bell-link.tsx'
import { useText } from '../text/use-text.ts'
import { Invitation, NobodyLeft } from './deck-empty.tsx'
import { DeckSkeleton } from './deck-skeleton.tsx'
import { DeckTable } from './deck-table.tsx'
import { LikesLeft } from './likes-left.tsx'
import { LikesUsed } from './likes-used.tsx'
import { MatchMoment } from './match-moment.tsx'
import type { Choice, DeckEntry } from './queries.ts'
import { type NewMatch, useDecide } from './use-decide.ts'
import { useDeck } from './use-deck.ts'
import { useTakeBack } from './use-take-back.ts'

/** The deck: one person at a time, with everything they say about themselves. */
export function DiscoverScreen() {
  const t = useText()
  const deck = useDeck()
  const [made, setMade] = useState<readonly NewMatch[]>([])
  const [likesUsed, setLikesUsed] = useState(false)
  const decide = useDecide({
    onMatch: (match) => setMade((before) => [...before, match]),
    onLikesUsed: () => setLikesUsed(true),
  })
  const undo = useTakeBack()

  /** Buttons, keys and swipes all end here. True when the card goes. */
  const choose = (entry: DeckEntry, choice: Choice): boolean => {
    if (choice === 'pass' || deck.likesLeft !== 0) return decide(entry, choice)
    setLikesUsed(true)
    return false
  }
  return (
    <Page title={t('deck.title')} actions={<BellLink />}>
      <div className="-mt-4 grid gap-4">
        <LikesLeft left={deck.likesLeft} resetAt={deck.likesResetAt} />
        <Deck deck={deck} undo={undo} onChoice={choose} />
      </div>
      <LikesUsed open={likesUsed} resetAt={deck.likesResetAt} onClose={() => setLikesUsed(false)} />
      {made[0] && (
        <MatchMoment key={made[0].match.id} made={made[0]} onClose={() => setMade(made.slice(1))} />
      )}
    </Page>
  )
}

interface DeckProps {
  deck: ReturnType<typeof useDeck>
  undo: ReturnType<typeof useTakeBack>
  onChoice(entry: DeckEntry, choice: Choice): boolean
}

function Deck({ deck: { query, cards, canTakeBack }, undo, onChoice }: DeckProps) {
  const missing = isProblem(query.error) ? missingFor[query.error.code] : undefined
  if (missing) return <Invitation missing={missing} />
  const [entry, next] = cards
  if (entry) {
    return (
      <InSlices until={<DeckSkeleton />}>
        <DeckTable entry={entry} next={next} canTakeBack={canTakeBack} undo={undo} onChoice={onChoice} />
      </InSlices>
    )
  }
  if (query.isError) {
    return (
      <ErrorState
        error={query.error}
        retry={() => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch())}
      />
    )
  }
  if (query.isPending || query.hasNextPage) return <DeckSkeleton />
  return (
    <NobodyLeft
      looking={query.isFetching}
      onLookAgain={() => void query.refetch()}
      takingBack={undo.busy}
      onTakeBack={canTakeBack ? undo.takeBack : undefined}
    />
  )
}

const missingFor: Partial<Record<string, 'profile' | 'preferences'>> = {
  profile_incomplete: 'profile',
  preferences_missing: 'preferences',
}
