import { useQuery } from '@tanstack/react-query'
import { Page } from '../design/page.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { ErrorState } from '../design/state.tsx'
import { useText } from '../text/use-text.ts'
import { EditForm } from './edit-form.tsx'
import { ownProfileQuery } from './queries.ts'

export function EditScreen() {
  const t = useText()
  const profile = useQuery(ownProfileQuery)
  return (
    <Page title={t('profile.edit.title')} back="/profile" narrow>
      {profile.data ? (
        <EditForm profile={profile.data} />
      ) : profile.isError ? (
        <ErrorState error={profile.error} retry={() => void profile.refetch()} />
      ) : (
        <FormSkeleton />
      )}
    </Page>
  )
}

function FormSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-6">
      {['name', 'gender', 'city', 'headline', 'about'].map((field) => (
        <div key={field} className="grid gap-2">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-12" />
        </div>
      ))}
    </div>
  )
}
