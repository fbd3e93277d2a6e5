import { useQuery } from '@tanstack/react-query'
import { Page } from '../design/page.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { ErrorState } from '../design/state.tsx'
import { useText } from '../text/use-text.ts'
import { ownProfileQuery, preferencesQuery } from './queries.ts'
import { StartSteps } from './start-steps.tsx'

/** The first-run profile: one question at a time, each of which can wait. */
export function StartScreen() {
  const t = useText()
  const profile = useQuery(ownProfileQuery)
  const preferences = useQuery(preferencesQuery)
  if (profile.data && preferences.data !== undefined) {
    return <StartSteps profile={profile.data} preferences={preferences.data} />
  }
  const failed = [profile, preferences].find(({ isError }) => isError)
  return (
    <Page title={t('profile.start.title')} narrow>
      {failed ? (
        <ErrorState error={failed.error} retry={() => void failed.refetch()} />
      ) : (
        <div aria-busy="true" className="grid gap-6">
          <Skeleton className="h-2 rounded-full" />
          <Skeleton className="h-10 w-2/3" />
          <Skeleton className="h-28" />
        </div>
      )}
    </Page>
  )
}
