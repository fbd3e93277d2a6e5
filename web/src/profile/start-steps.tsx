import { useLocation, useRouter } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { Button } from '../design/button.tsx'
import { Page } from '../design/page.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useText } from '../text/use-text.ts'
import { useMissingSentence } from './missing-note.tsx'
import { missingParts } from './needs-start.ts'
import { PreferencesForm } from './preferences-form.tsx'
import { ProfileStep } from './profile-step.tsx'
import { StartProgress } from './start-progress.tsx'
import { isStep, type Step, steps } from './start-step.ts'

/** Cutting pictures needs a library that the other steps do not. */
const PhotoStep = lazy(() => import('./photo-step.tsx').then(({ PhotoStep: step }) => ({ default: step })))

interface StartStepsProps {
  profile: Schemas['OwnProfile']
  preferences: Schemas['Preferences'] | null
}

/** The step is in the address, so that back, forward and reload do what they say. */
export function StartSteps({ profile, preferences }: StartStepsProps) {
  const t = useText()
  const router = useRouter()
  const missing = missingParts(profile, preferences)
  const [first] = useState<Step>(() => missing[0] ?? 'words')
  const hash = useLocation({ select: (location) => location.hash })
  const step = isStep(hash) ? hash : first
  const place = steps.indexOf(step)
  const next = steps[place + 1]
  const goOn = () =>
    void (next ? router.navigate({ to: '/start', hash: next }) : router.navigate({ to: '/discover' }))
  const action = t(next ? 'profile.start.save' : 'profile.start.finish')

  const body: Record<Step, () => ReactNode> = {
    gender: () => <ProfileStep fields={['gender']} profile={profile} action={action} onSaved={goOn} />,
    city: () => <ProfileStep fields={['city']} profile={profile} action={action} onSaved={goOn} />,
    photo: () => (
      <Suspense fallback={<Skeleton className="h-48 rounded-card" />}>
        <PhotoStep photos={profile.photos} onGoOn={goOn} />
      </Suspense>
    ),
    preferences: () => <PreferencesForm preferences={preferences} action={action} onSaved={goOn} />,
    words: () => (
      <ProfileStep
        fields={['headline', 'about', 'lookingFor']}
        profile={profile}
        action={action}
        onSaved={goOn}
      />
    ),
    prompts: () => (
      <ProfileStep fields={['prompts', 'languages']} profile={profile} action={action} onSaved={goOn} />
    ),
  }

  return (
    // Another step is another page: its heading gets the focus, its fields begin anew.
    <Page key={step} title={t(`profile.start.${step}.title`)} narrow>
      <StartProgress step={step} missing={missing} />
      <p className="-mt-2 text-ink-soft">{t(`profile.start.${step}.text`)}</p>
      {body[step]()}
      <Button look="quiet" wide className="-mt-3" onClick={goOn}>
        {t(next ? 'profile.start.later' : 'profile.start.laterLast')}
      </Button>
      <StillMissing missing={missing} />
    </Page>
  )
}

function StillMissing({ missing }: { missing: ReturnType<typeof missingParts> }) {
  const t = useText()
  const sentence = useMissingSentence(missing)
  return (
    <p role="status" className="border-line border-t pt-5 text-ink-soft text-sm">
      {sentence || t('profile.start.nothingMissing')}
    </p>
  )
}
