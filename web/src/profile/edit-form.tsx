import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { Button } from '../design/button.tsx'
import { TextField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { Section } from '../design/page.tsx'
import { toast } from '../design/toast.tsx'
import { useText } from '../text/use-text.ts'
import { CityField } from './city-field.tsx'
import { Counted, directionOf } from './counted.tsx'
import { GenderField } from './gender-field.tsx'
import { LanguagesField } from './languages-field.tsx'
import { changesOf, limits } from './profile-draft.ts'
import { type FieldProblems, problemsIn, problemsOf, problemText } from './profile-problems.ts'
import { PromptsField } from './prompts-field.tsx'
import { useChangeProfile } from './use-change-profile.ts'
import { useProblemFocus } from './use-problem-focus.ts'
import { useProfileDraft } from './use-profile-draft.ts'
import { WordsFields } from './words-fields.tsx'

export function EditForm({ profile }: { profile: Schemas['OwnProfile'] }) {
  const t = useText()
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const { draft, restored, change, drop } = useProfileDraft(profile)
  const [missing, setMissing] = useState<FieldProblems>({})
  const save = useChangeProfile()
  const problems = { ...problemsIn(save.error, t), ...missing }

  useProblemFocus(form, missing, save.error)

  const finish = async () => {
    drop()
    toast(t('design.saved'))
    await router.navigate({ to: '/profile', replace: true })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = problemsOf(draft, t)
    setMissing(found)
    save.reset()
    if (Object.keys(found).length > 0) return
    const changes = changesOf(draft, profile)
    if (Object.keys(changes).length === 0) return void router.navigate({ to: '/profile', replace: true })
    save.mutate(changes, { onSuccess: () => void finish() })
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="grid gap-8">
      {restored && (
        <Notice>
          <div className="flex flex-wrap items-center justify-between gap-x-4">
            <p>{t('profile.edit.restored')}</p>
            <Button look="quiet" className="!min-h-11 -ms-3 !px-3" onClick={drop}>
              {t('profile.edit.drop')}
            </Button>
          </div>
        </Notice>
      )}
      <Counted text={draft.displayName} limit={limits.displayName}>
        <TextField
          label={t('profile.displayName.label')}
          hint={t('profile.displayName.hint')}
          autoComplete="nickname"
          value={draft.displayName}
          dir={directionOf(draft.displayName)}
          maxLength={limits.displayName}
          error={problems.displayName}
          onChange={(event) => change({ displayName: event.target.value })}
        />
      </Counted>
      <GenderField value={draft.gender} error={problems.gender} onChange={(gender) => change({ gender })} />
      <CityField value={draft.city} error={problems.city} onChange={(city) => change({ city })} />
      <WordsFields draft={draft} change={change} problems={problems} />
      <LanguagesField
        value={draft.languages}
        error={problems.languages}
        onChange={(languages) => change({ languages })}
      />
      <Section title={t('profile.prompts.title')}>
        <p className="text-ink-soft">{t('profile.prompts.text')}</p>
        <PromptsField value={draft.prompts} problems={problems} onChange={(prompts) => change({ prompts })} />
      </Section>
      <div className="grid gap-3">
        {save.isError && <Notice tone="bad">{problemText(save.error, t)}</Notice>}
        <Button type="submit" wide busy={save.isPending}>
          {t('design.save')}
        </Button>
      </div>
    </form>
  )
}
