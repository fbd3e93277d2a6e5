import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { PersistQueryClientProvider } from '@tanstack/react-query-persist-client'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Toaster } from '../design/toast.tsx'
import { ownProfileQuery } from '../profile/queries.ts'
import { ExpiredSession } from '../shell/expired-session.tsx'
import { UpdateOffer } from '../shell/update-offer.tsx'
import { persister } from './memory.ts'
import { queryClient } from './query-client.ts'
import { router } from './router.tsx'
import { currentSession, onSessionChange, useSession } from './session.ts'

const day = 24 * 60 * 60_000

const persistOptions = {
  persister,
  maxAge: 7 * day,
  // Another version may read other fields: it begins anew.
  buster: import.meta.env.VITE_BUILD ?? 'development',
  dehydrateOptions: {
    shouldDehydrateQuery: (query: { meta?: { keep?: boolean } | undefined; state: { data: unknown } }) =>
      query.meta?.keep === true && query.state.data !== undefined && currentSession() === 'signed-in',
  },
}

export function App() {
  const session = useSession()
  useEffect(
    () =>
      onSessionChange(() => {
        // Another tab may have signed in or out: each screen's rule decides anew.
        if (currentSession() !== 'expired') void router.invalidate()
      }),
    [],
  )
  return (
    <I18nProvider i18n={i18n}>
      <PersistQueryClientProvider
        client={queryClient}
        persistOptions={persistOptions}
        // What the last visit left may be from before its last change.
        onSuccess={() => queryClient.invalidateQueries({ queryKey: ownProfileQuery.queryKey })}
      >
        <div hidden={session === 'expired'}>
          <RouterProvider router={router} />
        </div>
        {session === 'expired' && <ExpiredSession />}
        <UpdateOffer />
        <Toaster />
      </PersistQueryClientProvider>
    </I18nProvider>
  )
}
