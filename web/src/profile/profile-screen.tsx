import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  Bell,
  Camera,
  ChevronRight,
  type LucideIcon,
  PenLine,
  Settings,
  SlidersHorizontal,
} from 'lucide-react'
import type { Schemas } from '../api/client.ts'
import { Page, Section } from '../design/page.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { ErrorState } from '../design/state.tsx'
import { ProfileCardBody } from '../people/profile-card-body.tsx'
import type { TextKey } from '../text/keys.ts'
import { useText } from '../text/use-text.ts'
import { MissingNote } from './missing-note.tsx'
import { missingParts } from './needs-start.ts'
import { ownCard } from './own-card.ts'
import { ownProfileQuery, preferencesQuery } from './queries.ts'

export function ProfileScreen() {
  const t = useText()
  const profile = useQuery(ownProfileQuery)
  return (
    <Page title={t('profile.title')}>
      {profile.data ? (
        <OwnProfile profile={profile.data} />
      ) : profile.isError ? (
        <ErrorState error={profile.error} retry={() => void profile.refetch()} />
      ) : (
        <ProfileSkeleton />
      )}
    </Page>
  )
}

function OwnProfile({ profile }: { profile: Schemas['OwnProfile'] }) {
  const t = useText()
  const preferences = useQuery(preferencesQuery)
  return (
    <div className="grid gap-8">
      <MissingNote missing={missingParts(profile, preferences.data)} />
      <nav aria-label={t('profile.links')}>
        <ul className="grid overflow-hidden rounded-card border border-line bg-surface md:grid-cols-3">
          {links.map((link) => (
            <ProfileLink key={link.to} {...link} />
          ))}
        </ul>
      </nav>
      <Section title={t('profile.seen')}>
        <div className="wrap-anywhere min-w-0">
          <ProfileCardBody card={ownCard(profile)} />
        </div>
      </Section>
    </div>
  )
}

interface ProfileLinkProps {
  to: '/profile/edit' | '/profile/photos' | '/profile/preferences' | '/notifications' | '/settings'
  text: TextKey
  icon: LucideIcon
  /** Where there is a navigation at the side, it has them. */
  phoneOnly?: boolean
}

const links: readonly ProfileLinkProps[] = [
  { to: '/profile/edit', text: 'profile.edit.title', icon: PenLine },
  { to: '/profile/photos', text: 'profile.photos.title', icon: Camera },
  { to: '/profile/preferences', text: 'profile.preferences.link', icon: SlidersHorizontal },
  { to: '/notifications', text: 'shell.notifications', icon: Bell, phoneOnly: true },
  { to: '/settings', text: 'shell.settings', icon: Settings, phoneOnly: true },
]

function ProfileLink({ to, text, icon: Icon, phoneOnly = false }: ProfileLinkProps) {
  const t = useText()
  return (
    <li
      className={`border-line border-b last:border-b-0 md:border-s md:border-b-0 md:first:border-s-0 ${phoneOnly ? 'md:hidden' : ''}`}
    >
      <Link to={to} className="flex min-h-14 items-center gap-3 px-4 transition-colors hover:bg-sunken">
        <Icon size={20} aria-hidden="true" className="shrink-0 text-ink-soft" />
        <span className="flex-1">{t(text)}</span>
        <ChevronRight size={18} aria-hidden="true" className="shrink-0 text-ink-soft rtl:-scale-x-100" />
      </Link>
    </li>
  )
}

function ProfileSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-8">
      <Skeleton className="h-72 rounded-card md:h-14" />
      <div className="grid gap-6 md:grid-cols-2 md:gap-10">
        <Skeleton className="aspect-[4/5] rounded-card" />
        <div className="grid content-start gap-4">
          <Skeleton className="h-10 w-2/3" />
          <Skeleton className="h-5 w-1/2" />
          <Skeleton className="h-24" />
        </div>
      </div>
    </div>
  )
}
