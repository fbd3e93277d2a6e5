import { TextArea, TextField } from '../design/field.tsx'
import { useText } from '../text/use-text.ts'
import { Counted, directionOf } from './counted.tsx'
import { limits, type ProfileDraft } from './profile-draft.ts'
import type { FieldProblems } from './profile-problems.ts'

interface WordsFieldsProps {
  draft: ProfileDraft
  change(part: Partial<ProfileDraft>): void
  problems: FieldProblems
}

/** One's own words: a line under the name, about oneself, and what one looks for. */
export function WordsFields({ draft, change, problems }: WordsFieldsProps) {
  const t = useText()
  return (
    <>
      <Counted text={draft.headline} limit={limits.headline}>
        <TextField
          label={t('profile.headline.label')}
          hint={t('profile.headline.hint')}
          value={draft.headline}
          dir={directionOf(draft.headline)}
          maxLength={limits.headline}
          error={problems.headline}
          onChange={(event) => change({ headline: event.target.value })}
        />
      </Counted>
      <Counted text={draft.about} limit={limits.about}>
        <TextArea
          label={t('profile.about.label')}
          hint={t('profile.about.hint')}
          rows={6}
          value={draft.about}
          dir={directionOf(draft.about)}
          maxLength={limits.about}
          error={problems.about}
          onChange={(event) => change({ about: event.target.value })}
        />
      </Counted>
      <Counted text={draft.lookingFor} limit={limits.lookingFor}>
        <TextArea
          label={t('profile.lookingFor.label')}
          hint={t('profile.lookingFor.hint')}
          rows={4}
          value={draft.lookingFor}
          dir={directionOf(draft.lookingFor)}
          maxLength={limits.lookingFor}
          error={problems.lookingFor}
          onChange={(event) => change({ lookingFor: event.target.value })}
        />
      </Counted>
    </>
  )
}
