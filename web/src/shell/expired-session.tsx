import { lazy, Suspense, useEffect, useRef } from 'react'
import { queryClient } from '../app/query-client.ts'
import { sessionBegan, sessionEnded } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { useText } from '../text/use-text.ts'

// Rarely needed, and with it a whole library for forms.
const SignInForm = lazy(async () => ({ default: (await import('../account/sign-in-form.tsx')).SignInForm }))

/**
 * Over everything once the session ran out: the screens behind are hidden, not gone, so that nothing typed is
 * lost. Whoever else signs in begins anew.
 */
export function ExpiredSession() {
  const t = useText()
  const heading = useRef<HTMLHeadingElement>(null)
  // What had the focus is hidden now.
  useEffect(() => heading.current?.focus(), [])
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-6 p-6">
      <h1 ref={heading} tabIndex={-1} className="text-3xl">
        {t('shell.expired.title')}
      </h1>
      <p className="text-ink-soft">{t('shell.expired.text')}</p>
      <Suspense>
        <SignInForm
          onSignedIn={({ id }) => {
            sessionBegan(id)
            void queryClient.invalidateQueries()
          }}
        />
      </Suspense>
      <Button look="quiet" onClick={() => void sessionEnded()}>
        {t('shell.expired.leave')}
      </Button>
    </main>
  )
}
