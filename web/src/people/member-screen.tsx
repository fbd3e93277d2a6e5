import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useRouter } from '@tanstack/react-router'
import { UserRoundX } from 'lucide-react'
import { isProblem } from '../api/problem.ts'
import { ButtonLink } from '../design/button.tsx'
import { Page } from '../design/page.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { EmptyState, ErrorState } from '../design/state.tsx'
import { matchWithQuery } from '../matches/queries.ts'
import { useText } from '../text/use-text.ts'
import { AnswerToLike } from './answer-to-like.tsx'
import { PersonMenu } from './person-menu.tsx'
import { ProfileCardBody } from './profile-card-body.tsx'
import { memberQuery } from './queries.ts'

/** Another member's profile. */
export function MemberScreen() {
  const t = useText()
  const { memberId } = useParams({ from: '/inside/members/$memberId' })
  const { data: card, error, refetch } = useQuery(memberQuery(memberId))
  const router = useRouter()
  const navigate = useNavigate()
  const conversationId = useQuery(matchWithQuery(memberId)).data?.conversationId
  // An address that is no member's id is refused as not valid.
  if (isProblem(error) && (error.status === 404 || error.status === 422)) return <Gone />
  if (!card) {
    return (
      <Page title={t('people.member.title')} back="/matches">
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : <MemberSkeleton />}
      </Page>
    )
  }
  const leave = () => {
    if (router.history.canGoBack()) router.history.back()
    else void navigate({ to: '/matches' })
  }
  return (
    <Page
      // The heading gets the focus again when one profile leads to another.
      key={card.id}
      title={t('people.card.nameAndAge', { name: card.displayName, age: card.age })}
      back="/matches"
      actions={<PersonMenu memberId={card.id} displayName={card.displayName} onGone={leave} />}
    >
      {conversationId ? (
        <ButtonLink
          className="wrap-anywhere justify-self-start"
          to="/messages/$conversationId"
          params={{ conversationId }}
        >
          {t('people.member.write', { name: card.displayName })}
        </ButtonLink>
      ) : (
        <AnswerToLike card={card} onPassed={leave} />
      )}
      <ProfileCardBody card={card} withoutName />
    </Page>
  )
}

function Gone() {
  const t = useText()
  return (
    <Page title={t('people.member.title')} back="/matches">
      <EmptyState
        icon={<UserRoundX size={28} />}
        title={t('people.member.gone.title')}
        text={t('people.member.gone.text')}
      >
        <ButtonLink to="/matches">{t('people.member.gone.action')}</ButtonLink>
      </EmptyState>
    </Page>
  )
}

function MemberSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-6 md:grid-cols-2 md:gap-10">
      <Skeleton className="aspect-[4/5] rounded-card" />
      <div className="grid content-start gap-4">
        <Skeleton className="h-5 w-2/3" />
        <Skeleton className="h-6 w-3/4" />
        <Skeleton className="h-24" />
        <Skeleton className="h-24" />
      </div>
    </div>
  )
}
