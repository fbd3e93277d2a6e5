import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useElementScrollRestoration, useRouterState } from '@tanstack/react-router'
import { Bell, Compass, Heart, type LucideIcon, MessageCircle, Settings, UserRound } from 'lucide-react'
import { useEffect, useLayoutEffect, useState } from 'react'
import { InSlices } from '../design/in-slices.tsx'
import { Badge } from '../design/notice.tsx'
import { applyLiveEvents } from '../live/apply-events.ts'
import { startLive } from '../live/live.ts'
import { useMatchNews } from '../matches/match-news.ts'
import { useConversationSync } from '../messages/use-conversation-sync.ts'
import { PersonDialog } from '../people/person-dialog.tsx'
import { ownProfileQuery } from '../profile/queries.ts'
import type { TextKey } from '../text/keys.ts'
import { useText } from '../text/use-text.ts'
import { ConnectionNote } from './connection-note.tsx'
import { useUnread } from './use-unread.ts'

interface Place {
  to: string
  text: TextKey
  icon: LucideIcon
  unread?: 'messages' | 'notifications'
}

/** Below on a phone; at the side on a desktop, where there is room for the rest too. */
const main: readonly Place[] = [
  { to: '/discover', text: 'shell.discover', icon: Compass },
  { to: '/matches', text: 'shell.matches', icon: Heart },
  { to: '/messages', text: 'shell.messages', icon: MessageCircle, unread: 'messages' },
  { to: '/profile', text: 'shell.profile', icon: UserRound },
]
const more: readonly Place[] = [
  { to: '/notifications', text: 'shell.notifications', icon: Bell, unread: 'notifications' },
  { to: '/settings', text: 'shell.settings', icon: Settings },
]

/** Around every screen of a signed-in member: navigation, the live connection, and what is unread. */
export function AppShell() {
  const t = useText()
  const client = useQueryClient()
  const unread = useUnread()
  // Also without a network it is there; and it shows whether who is signed in is still who was.
  useQuery(ownProfileQuery)
  useConversationSync()
  useMatchNews()
  useEffect(() => {
    const stopApplying = applyLiveEvents(client)
    const stopLive = startLive()
    return () => {
      stopLive()
      stopApplying()
    }
  }, [client])
  // A conversation on a phone needs the whole screen: its composer stands where the navigation would.
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const inConversation = /^\/messages\/./.test(path)
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-full bg-wine px-4 py-2 text-on-wine focus:not-sr-only focus:fixed focus:start-4 focus:top-4"
      >
        {t('shell.skip')}
      </a>
      <nav
        aria-label={t('shell.navigation')}
        className={`fixed inset-x-0 bottom-0 z-30 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:sticky md:inset-auto md:top-0 md:flex md:h-dvh md:flex-col md:border-e md:border-t-0 md:bg-transparent md:p-5 ${inConversation ? 'max-md:hidden' : ''}`}
      >
        <Link to="/discover" className="hidden px-3 pt-2 pb-8 font-serif text-2xl md:block">
          Accord
        </Link>
        <ul className="grid grid-cols-4 md:grid-cols-1 md:gap-1">
          {main.map((place) => (
            <NavigationItem key={place.to} place={place} count={place.unread ? unread[place.unread] : 0} />
          ))}
        </ul>
        <ul className="mt-auto hidden gap-1 md:grid">
          {more.map((place) => (
            <NavigationItem key={place.to} place={place} count={place.unread ? unread[place.unread] : 0} />
          ))}
        </ul>
      </nav>
      <main
        id="main"
        className={inConversation ? 'md:pb-0' : 'pb-[calc(4.5rem+env(safe-area-inset-bottom))] md:pb-0'}
      >
        <ConnectionNote />
        <InSlices>
          <Screen />
        </InSlices>
      </main>
      {/* On another screen it is closed. */}
      <PersonDialog key={path} />
    </div>
  )
}

/**
 * The screen, where it was left. After a reload, and back from a page that is for everybody, the router gives it its
 * place before there is anything to scroll.
 */
function Screen() {
  const [place] = useState(useElementScrollRestoration({ getElement: () => window }))
  useLayoutEffect(() => {
    if (place) window.scrollTo(place.scrollX, place.scrollY)
  }, [place])
  return <Outlet />
}

function NavigationItem({ place: { to, text, icon: Icon }, count }: { place: Place; count: number }) {
  const t = useText()
  return (
    <li>
      <Link
        to={to}
        className="relative flex min-h-16 flex-col items-center justify-center gap-1 text-ink-soft text-xs transition-colors hover:text-ink md:min-h-12 md:flex-row md:justify-start md:gap-3 md:rounded-control md:px-3 md:text-base md:hover:bg-sunken"
        activeProps={{ className: 'font-semibold !text-wine-text md:bg-wine-soft' }}
      >
        <Icon size={22} aria-hidden="true" />
        <span>{t(text)}</span>
        {count > 0 && (
          <span className="absolute start-1/2 top-1 ms-2 md:static md:ms-auto">
            <Badge tone="action">
              <span className="sr-only">{t('shell.unread', { count })}</span>
              <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
            </Badge>
          </span>
        )}
      </Link>
    </li>
  )
}
