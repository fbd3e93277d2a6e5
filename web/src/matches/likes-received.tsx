import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client.ts'
import { ButtonLink } from '../design/button.tsx'
import { Section } from '../design/page.tsx'
import { Photo } from '../design/photo.tsx'
import { ShowMore } from '../design/show-more.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { ErrorState } from '../design/state.tsx'
import { focusHeading } from '../people/focus-heading.ts'
import { PersonMenu } from '../people/person-menu.tsx'
import { useText } from '../text/use-text.ts'
import { likesQuery } from './queries.ts'

/** The platform counts up to here. */
const most = 1000

/** Those who like the member and wait for an answer: who they are, or how many, by the plan. */
export function LikesReceived() {
  const t = useText()
  return (
    <Section title={t('matches.likes.title')}>
      <Likes />
    </Section>
  )
}

function Likes() {
  const t = useText()
  const query = useInfiniteQuery(likesQuery)
  if (query.isPending) return <Skeleton className="h-24 rounded-card" />
  if (query.isError && !query.data)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />
  const [{ count, revealed } = { count: 0, revealed: false }] = query.data.pages
  // As high as what stands in for it, so that what is below stays where it is.
  if (count === 0) {
    return (
      <p className="grid min-h-24 items-center rounded-card border border-line bg-surface p-5 text-ink-soft">
        {t('matches.likes.none')}
      </p>
    )
  }
  if (!revealed) return <Hidden count={count} />
  const likes = query.data.pages.flatMap((page) => page.data)
  return (
    <>
      <ul className="grid grid-cols-3 gap-x-3 gap-y-5 sm:grid-cols-4 md:grid-cols-5">
        {likes.map((like) => (
          <Liker key={like.member.id} like={like} />
        ))}
      </ul>
      <ShowMore query={query} />
    </>
  )
}

function Liker({ like: { member } }: { like: Schemas['LikeReceived'] }) {
  const t = useText()
  return (
    <li className="relative">
      <Link to="/members/$memberId" params={{ memberId: member.id }} className="grid gap-2 rounded-card">
        <Photo
          photo={member.photos[0]}
          alt=""
          sizes="(min-width: 40rem) 10rem, 33vw"
          className="aspect-[4/5] rounded-card"
        />
        <span className="truncate font-serif text-lg">
          {t('people.card.nameAndAge', { name: member.displayName, age: member.age })}
        </span>
      </Link>
      <PersonMenu
        className="absolute end-1 top-1 bg-surface/90"
        memberId={member.id}
        displayName={member.displayName}
        onGone={() => focusHeading()}
      />
    </li>
  )
}

/** How many, without faces; what would show them, said once and without a push. */
function Hidden({ count }: { count: number }) {
  const t = useText()
  return (
    <div className="grid gap-4 rounded-card border border-line bg-surface p-5 sm:flex sm:items-center">
      <div aria-hidden="true" className="-space-x-4 flex rtl:space-x-reverse">
        {[0, 1, 2].slice(0, count).map((place) => (
          <div key={place} className="size-14 overflow-hidden rounded-full border-2 border-surface">
            <div className={`size-full blur-sm ${blurs[place]}`} />
          </div>
        ))}
      </div>
      <div className="grid flex-1 gap-1">
        <p className="font-serif text-xl">
          {t(count >= most ? 'matches.likes.many' : 'matches.likes.count', { count })}
        </p>
        <p className="text-ink-soft text-sm">{t('matches.likes.hidden')}</p>
      </div>
      <ButtonLink to="/billing" look="quiet" className="text-brass! hover:bg-brass-soft! justify-self-start">
        {t('matches.likes.plans')}
      </ButtonLink>
    </div>
  )
}

const blurs = [
  'bg-gradient-to-b from-brass-soft to-brass',
  'bg-gradient-to-br from-wine-soft to-brass',
  'bg-gradient-to-t from-line to-brass-soft',
]
