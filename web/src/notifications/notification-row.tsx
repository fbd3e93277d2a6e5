import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import { CreditCard, Sparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Schemas } from '../api/client.ts'
import type { paths } from '../api/schema.generated.d.ts'
import { Avatar } from '../design/photo.tsx'
import { focusHeading } from '../people/focus-heading.ts'
import { PersonMenu } from '../people/person-menu.tsx'
import { memberQuery } from '../people/queries.ts'
import { useFormat } from '../text/format.ts'
import { type Translate, useText } from '../text/use-text.ts'

export type NotificationEntry =
  paths['/api/v1/notifications']['get']['responses'][200]['content']['application/json']['data'][number]

interface NotificationRowProps {
  entry: NotificationEntry
  /** The card of whom it is about, where it is known already. */
  peer: Schemas['Card'] | null
  /** Whether the card may be asked for when it is not known. */
  mayAsk: boolean
  onOpen(): void
}

/** One thing that happened, as a sentence that leads to it. */
export function NotificationRow({ entry, peer, mayAsk, onOpen }: NotificationRowProps) {
  const t = useText()
  const format = useFormat()
  const { memberId } = entry.about
  const asked = useQuery({
    ...memberQuery(memberId ?? ''),
    enabled: memberId !== undefined && peer === null && mayAsk,
    staleTime: 5 * 60_000,
  })
  const member = peer ?? asked.data ?? null
  const isUnread = entry.readAt === null
  return (
    <li className="relative">
      <Link
        {...destination(entry)}
        onClick={onOpen}
        className={`flex min-h-16 items-center gap-4 rounded-card p-3 pe-13 transition-colors hover:bg-sunken ${isUnread ? 'bg-surface' : ''}`}
      >
        <Picture entry={entry} member={member} />
        <span className="wrap-anywhere grid min-w-0 flex-1 gap-0.5">
          <span className={isUnread ? 'font-semibold' : ''}>{sentence(t, entry, member?.displayName)}</span>
          <time dateTime={entry.createdAt} className="text-ink-soft text-sm">
            {format.dayAndTime(entry.createdAt)}
          </time>
        </span>
        {isUnread && (
          <span className="size-2.5 shrink-0 rounded-full bg-wine-text">
            <span className="sr-only">{t('notifications.isUnread')}</span>
          </span>
        )}
      </Link>
      {member && (
        <PersonMenu
          className="absolute inset-y-0 end-1 my-auto"
          memberId={member.id}
          displayName={member.displayName}
          onGone={() => focusHeading()}
        />
      )}
    </li>
  )
}

function Picture({ entry, member }: { entry: NotificationEntry; member: Schemas['Card'] | null }) {
  if (entry.kind === 'match' || entry.kind === 'message') {
    return <Avatar photo={member?.photos[0]} name={member?.displayName ?? '·'} />
  }
  if (entry.kind === 'subscription')
    return <Round look="bg-brass-soft text-brass" icon={<CreditCard size={22} aria-hidden="true" />} />
  return <Round look="bg-wine-soft text-wine-text" icon={<Sparkles size={22} aria-hidden="true" />} />
}

function Round({ look, icon }: { look: string; icon: ReactNode }) {
  return <span className={`grid size-14 shrink-0 place-items-center rounded-full ${look}`}>{icon}</span>
}

function destination({ kind, about }: NotificationEntry): Pick<LinkProps, 'to' | 'params'> {
  if (about.conversationId !== undefined) {
    return { to: '/messages/$conversationId', params: { conversationId: about.conversationId } }
  }
  if (kind === 'subscription') return { to: '/billing' }
  return { to: kind === 'welcome' ? '/profile' : '/matches' }
}

function sentence(t: Translate, { kind, about, count }: NotificationEntry, name: string | undefined): string {
  switch (kind) {
    case 'welcome':
      return t('notifications.welcome')
    case 'match':
      return name ? t('notifications.match', { name }) : t('notifications.matchNameless')
    case 'message':
      return name
        ? t('notifications.message', { name, count })
        : t('notifications.messageNameless', { count })
    case 'subscription':
      if (about.status === 'past_due') return t('notifications.subscription.pastDue')
      if (about.status === 'canceled') return t('notifications.subscription.canceled')
      return t('notifications.subscription.active')
  }
}
