import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Page } from '../design/page.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { ErrorState } from '../design/state.tsx'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { PreferencesForm } from './preferences-form.tsx'
import { preferencesQuery } from './queries.ts'

export function PreferencesScreen() {
  const t = useText()
  const router = useRouter()
  const preferences = useQuery(preferencesQuery)
  return (
    <Page title={t('profile.preferences.title')} back="/profile" narrow>
      <p className="text-ink-soft">{t('profile.preferences.text')}</p>
      {preferences.data !== undefined ? (
        <PreferencesForm
          preferences={preferences.data}
          action={t('design.save')}
          onSaved={() => {
            toast(t('design.saved'))
            void router.navigate({ to: '/profile', replace: true })
          }}
        />
      ) : preferences.isError ? (
        <ErrorState error={preferences.error} retry={() => void preferences.refetch()} />
      ) : (
        <div aria-busy="true" className="grid gap-8">
          {['genders', 'roles', 'ages', 'distance'].map((field) => (
            <div key={field} className="grid gap-2">
              <Skeleton className="h-5 w-40" />
              <Skeleton className="h-11 w-2/3 rounded-full" />
            </div>
          ))}
        </div>
      )}
    </Page>
  )
}
