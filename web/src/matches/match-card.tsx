import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client.ts'
import { ButtonLink } from '../design/button.tsx'
import { Badge } from '../design/notice.tsx'
import { Photo } from '../design/photo.tsx'
import { focusHeading } from '../people/focus-heading.ts'
import { PersonMenu } from '../people/person-menu.tsx'
import { useFormat } from '../text/format.ts'
import { useText } from '../text/use-text.ts'

interface MatchCardProps {
  match: Schemas['ListedMatch']
  /** Nobody has written yet. */
  isNew: boolean
  onEnd(): void
}

/** One match: the photo leads to the profile, the button to the conversation. */
export function MatchCard({
  match: { member, memberId, conversationId, createdAt },
  isNew,
  onEnd,
}: MatchCardProps) {
  const t = useText()
  const format = useFormat()
  const name = member?.displayName ?? t('matches.hiddenName')
  const photo = (
    <Photo
      photo={member?.photos[0]}
      alt=""
      sizes="(min-width: 40rem) 17rem, 50vw"
      className="aspect-[4/5] rounded-card"
    />
  )
  return (
    <li className="grid content-start gap-2">
      <div className="relative">
        {member ? (
          <Link
            to="/members/$memberId"
            params={{ memberId }}
            className="block rounded-card"
            aria-label={t('matches.profileOf', { name })}
          >
            {photo}
          </Link>
        ) : (
          photo
        )}
        {isNew && (
          <span className="absolute start-3 top-3">
            <Badge tone="action">{t('matches.new')}</Badge>
          </span>
        )}
      </div>
      <div className="flex min-w-0 items-start gap-1">
        <div className="min-w-0 flex-1">
          <h3 className="truncate text-xl">
            {member ? t('people.card.nameAndAge', { name, age: member.age }) : name}
          </h3>
          <p className="text-ink-soft text-sm">{t('matches.since', { date: format.day(createdAt) })}</p>
        </div>
        <PersonMenu
          className="-me-2"
          memberId={memberId}
          displayName={name}
          onGone={() => focusHeading()}
          actions={[
            {
              title: t('matches.end.title'),
              text: t('matches.end.text', { name }),
              label: t('matches.end.action'),
              run: onEnd,
            },
          ]}
        />
      </div>
      <ButtonLink
        look="secondary"
        wide
        to="/messages/$conversationId"
        params={{ conversationId }}
        aria-label={t('matches.writeTo', { name })}
      >
        {t('matches.write')}
      </ButtonLink>
    </li>
  )
}
