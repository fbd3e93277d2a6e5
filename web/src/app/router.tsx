import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { WelcomeScreen } from '../account/welcome-screen.tsx'
import { ErrorState } from '../design/state.tsx'
import { NotFound } from '../shell/not-found.tsx'
import { currentSession, exitFrom } from './session.ts'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

/** Screens for whoever is not signed in; a member who comes here is led inside. */
const outside = createRoute({
  getParentRoute: () => root,
  id: 'outside',
  beforeLoad: ({ location }) => {
    // Another tab may have signed in while this one waited: what was asked for is still remembered.
    const { next } = location.search as { next?: string }
    if (currentSession() === 'signed-in') throw redirect({ to: next ?? '/discover', replace: true })
  },
})

/** Screens for members. A deep link is remembered over the sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: lazyRouteComponent(() => import('../shell/app-shell.tsx'), 'AppShell'),
  beforeLoad: ({ location }) => {
    if (currentSession() === 'signed-out') throw redirect({ ...exitFrom(location.href), replace: true })
  },
})

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
/** Only addresses of our own: the sign-in must not lead anywhere else. */
const ownPath = (value: unknown): string | undefined =>
  /^\/(?![/\\])/.test(String(value)) ? String(value) : undefined

const welcome = createRoute({
  getParentRoute: () => outside,
  path: '/',
  component: WelcomeScreen,
})
const register = createRoute({
  getParentRoute: () => outside,
  path: '/register',
  component: lazyRouteComponent(() => import('../account/register-screen.tsx'), 'RegisterScreen'),
})
const signIn = createRoute({
  getParentRoute: () => outside,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = ownPath(search.next)
    return next === undefined ? {} : { next }
  },
  component: lazyRouteComponent(() => import('../account/sign-in-screen.tsx'), 'SignInScreen'),
})
const forgot = createRoute({
  getParentRoute: () => outside,
  path: '/forgot',
  component: lazyRouteComponent(() => import('../account/forgot-screen.tsx'), 'ForgotScreen'),
})
/** Links from mails; also for who is signed in on this device. */
const tokenSearch = (search: Record<string, unknown>): { token?: string } => {
  const token = text(search.token)
  return token === undefined ? {} : { token }
}
const confirm = createRoute({
  getParentRoute: () => root,
  path: '/confirm',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('../account/confirm-screen.tsx'), 'ConfirmScreen'),
})
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import('../account/reset-screen.tsx'), 'ResetScreen'),
})

/** To be read by everybody, signed in or not. */
const terms = createRoute({
  getParentRoute: () => root,
  path: '/terms',
  component: lazyRouteComponent(() => import('../legal/terms-screen.tsx'), 'TermsScreen'),
})
const privacyNotice = createRoute({
  getParentRoute: () => root,
  path: '/privacy',
  component: lazyRouteComponent(() => import('../legal/privacy-notice-screen.tsx'), 'PrivacyNoticeScreen'),
})

const discover = createRoute({
  getParentRoute: () => inside,
  path: '/discover',
  component: lazyRouteComponent(() => import('../deck/discover-screen.tsx'), 'DiscoverScreen'),
})
const matches = createRoute({
  getParentRoute: () => inside,
  path: '/matches',
  component: lazyRouteComponent(() => import('../matches/matches-screen.tsx'), 'MatchesScreen'),
})
const messages = createRoute({
  getParentRoute: () => inside,
  path: '/messages',
  component: lazyRouteComponent(() => import('../messages/messages-screen.tsx'), 'MessagesScreen'),
})
/** Inside the list, which stands beside it on a desktop. */
const conversation = createRoute({
  getParentRoute: () => messages,
  path: '$conversationId',
  component: lazyRouteComponent(() => import('../messages/conversation-screen.tsx'), 'ConversationScreen'),
})
const member = createRoute({
  getParentRoute: () => inside,
  path: '/members/$memberId',
  component: lazyRouteComponent(() => import('../people/member-screen.tsx'), 'MemberScreen'),
})
const notifications = createRoute({
  getParentRoute: () => inside,
  path: '/notifications',
  component: lazyRouteComponent(
    () => import('../notifications/notifications-screen.tsx'),
    'NotificationsScreen',
  ),
})
const blocked = createRoute({
  getParentRoute: () => inside,
  path: '/settings/blocked',
  component: lazyRouteComponent(() => import('../people/blocked-screen.tsx'), 'BlockedScreen'),
})
const start = createRoute({
  getParentRoute: () => inside,
  path: '/start',
  component: lazyRouteComponent(() => import('../profile/start-screen.tsx'), 'StartScreen'),
})
const profile = createRoute({
  getParentRoute: () => inside,
  path: '/profile',
  component: lazyRouteComponent(() => import('../profile/profile-screen.tsx'), 'ProfileScreen'),
})
const editProfile = createRoute({
  getParentRoute: () => inside,
  path: '/profile/edit',
  component: lazyRouteComponent(() => import('../profile/edit-screen.tsx'), 'EditScreen'),
})
const photos = createRoute({
  getParentRoute: () => inside,
  path: '/profile/photos',
  component: lazyRouteComponent(() => import('../profile/photos-screen.tsx'), 'PhotosScreen'),
})
const preferences = createRoute({
  getParentRoute: () => inside,
  path: '/profile/preferences',
  component: lazyRouteComponent(() => import('../profile/preferences-screen.tsx'), 'PreferencesScreen'),
})
const billing = createRoute({
  getParentRoute: () => inside,
  path: '/billing',
  component: lazyRouteComponent(() => import('../billing/plans-screen.tsx'), 'PlansScreen'),
})
const paid = createRoute({
  getParentRoute: () => inside,
  path: '/billing/done',
  /** The payment service leads back with the checkout that was paid. */
  validateSearch: (search: Record<string, unknown>): { checkout?: string } => {
    const checkout = text(search.checkout)
    return checkout === undefined ? {} : { checkout }
  },
  component: lazyRouteComponent(() => import('../billing/done-screen.tsx'), 'DoneScreen'),
})
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-screen.tsx'), 'SettingsScreen'),
})
const security = createRoute({
  getParentRoute: () => inside,
  path: '/settings/security',
  component: lazyRouteComponent(() => import('../settings/security-screen.tsx'), 'SecurityScreen'),
})
const privacy = createRoute({
  getParentRoute: () => inside,
  path: '/settings/privacy',
  component: lazyRouteComponent(() => import('../settings/privacy-screen.tsx'), 'PrivacyScreen'),
})
const design = createRoute({
  getParentRoute: () => root,
  path: '/design',
  component: lazyRouteComponent(() => import('../design/design-screen.tsx'), 'DesignScreen'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    outside.addChildren([welcome, register, signIn, forgot]),
    confirm,
    reset,
    terms,
    privacyNotice,
    inside.addChildren([
      discover,
      matches,
      messages.addChildren([conversation]),
      member,
      notifications,
      start,
      profile,
      editProfile,
      photos,
      preferences,
      billing,
      paid,
      settings,
      security,
      privacy,
      blocked,
    ]),
    design,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset: retry }) => <ErrorState error={error} retry={retry} />,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
