import { type FormEvent, useRef, useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useText } from '../text/use-text.ts'
import { CityField } from './city-field.tsx'
import { GenderField } from './gender-field.tsx'
import { LanguagesField } from './languages-field.tsx'
import { changesOf, draftOf, type ProfileDraft } from './profile-draft.ts'
import { type FieldProblems, problemsIn, problemsOf, problemText } from './profile-problems.ts'
import { PromptsField } from './prompts-field.tsx'
import { useChangeProfile } from './use-change-profile.ts'
import { useProblemFocus } from './use-problem-focus.ts'
import { useProfileDraft } from './use-profile-draft.ts'
import { WordsFields } from './words-fields.tsx'

interface ProfileStepProps {
  /** What this step asks for, and saves. */
  fields: readonly (keyof ProfileDraft)[]
  profile: Schemas['OwnProfile']
  action: string
  onSaved(): void
}

/** A few fields of the profile as a step of their own; what is typed in another one waits as it is. */
export function ProfileStep({ fields, profile, action, onSaved }: ProfileStepProps) {
  const t = useText()
  const form = useRef<HTMLFormElement>(null)
  const { draft, change, forget } = useProfileDraft(profile)
  const [found, setFound] = useState<FieldProblems>({})
  const save = useChangeProfile()
  const asks = (field: keyof ProfileDraft) => fields.includes(field)
  const problems = { ...problemsIn(save.error, t), ...found }

  useProblemFocus(form, found, save.error)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const here = Object.fromEntries(fields.map((field) => [field, draft[field]])) as Partial<ProfileDraft>
    const saved = draftOf(profile)
    const wrong = problemsOf({ ...saved, ...here }, t)
    if (asks('gender') && draft.gender === null) wrong.gender = t('profile.problem.gender')
    if (asks('city') && draft.city === null) wrong.city = t('profile.problem.city')
    setFound(wrong)
    save.reset()
    if (Object.keys(wrong).length > 0) return
    const changes = changesOf({ ...saved, ...here }, profile)
    if (Object.keys(changes).length === 0) return onSaved()
    save.mutate(changes, {
      onSuccess: () => {
        forget(fields)
        onSaved()
      },
    })
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="grid gap-6">
      {asks('gender') && (
        <GenderField value={draft.gender} error={problems.gender} onChange={(gender) => change({ gender })} />
      )}
      {asks('city') && (
        <CityField value={draft.city} error={problems.city} onChange={(city) => change({ city })} />
      )}
      {asks('about') && <WordsFields draft={draft} change={change} problems={problems} />}
      {asks('prompts') && (
        <PromptsField value={draft.prompts} problems={problems} onChange={(prompts) => change({ prompts })} />
      )}
      {asks('languages') && (
        <LanguagesField
          value={draft.languages}
          error={problems.languages}
          onChange={(languages) => change({ languages })}
        />
      )}
      {save.isError && <Notice tone="bad">{problemText(save.error, t)}</Notice>}
      <Button type="submit" wide busy={save.isPending}>
        {action}
      </Button>
    </form>
  )
}
