import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Heart } from 'lucide-react'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { ButtonLink } from '../design/button.tsx'
import { Page, Section } from '../design/page.tsx'
import { ShowMore } from '../design/show-more.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { EmptyState, ErrorState } from '../design/state.tsx'
import { conversationsQuery } from '../messages/queries.ts'
import { BellLink } from '../notifications/bell-link.tsx'
import { useText } from '../text/use-text.ts'
import { ConfirmUnmatch } from './confirm-unmatch.tsx'
import { LikesReceived } from './likes-received.tsx'
import { MatchCard } from './match-card.tsx'
import { matchesQuery } from './queries.ts'

/** Those who like each other, and those who wait for an answer. */
export function MatchesScreen() {
  const t = useText()
  return (
    <Page title={t('matches.title')} actions={<BellLink />}>
      <LikesReceived />
      <Section title={t('matches.list')}>
        <MatchGrid />
      </Section>
    </Page>
  )
}

function MatchGrid() {
  const t = useText()
  const query = useInfiniteQuery(matchesQuery)
  const conversations = useQuery(conversationsQuery)
  const [ending, setEnding] = useState<Schemas['ListedMatch']>()
  if (query.isPending) return <GridSkeleton />
  if (query.isError && !query.data)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />
  const matches = query.data.pages.flatMap((page) => page.data)
  if (matches.length === 0) {
    return (
      <EmptyState icon={<Heart size={28} />} title={t('matches.empty.title')} text={t('matches.empty.text')}>
        <ButtonLink to="/discover">{t('matches.empty.action')}</ButtonLink>
      </EmptyState>
    )
  }
  const unwritten = new Set(
    conversations.data?.data.filter(({ lastSeq }) => lastSeq === 0).map(({ id }) => id),
  )
  return (
    <>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-3">
        {matches.map((match) => (
          <MatchCard
            key={match.id}
            match={match}
            isNew={unwritten.has(match.conversationId)}
            onEnd={() => setEnding(match)}
          />
        ))}
      </ul>
      <ShowMore query={query} />
      {ending && <ConfirmUnmatch match={ending} onClose={() => setEnding(undefined)} />}
    </>
  )
}

function GridSkeleton() {
  return (
    <ul aria-busy="true" className="grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-3">
      {[0, 1, 2].map((place) => (
        <li key={place} className="grid gap-3">
          <Skeleton className="aspect-[4/5] rounded-card" />
          <Skeleton className="h-6 w-1/2" />
          <Skeleton className="h-12 rounded-full" />
        </li>
      ))}
    </ul>
  )
}
