import { isProblem } from '../api/problem.ts'
import type { TextKey } from '../text/keys.ts'
import type { Translate } from '../text/use-text.ts'
import type { ProfileDraft } from './profile-draft.ts'

/** A sentence for each field that is not right; prompts by their place. */
export type FieldProblems = Partial<
  Record<Exclude<keyof ProfileDraft, 'prompts'> | `prompts.${number}`, string>
>

/** What can be told before anything is sent. */
export function problemsOf(draft: ProfileDraft, t: Translate): FieldProblems {
  const problems: FieldProblems = {}
  if (draft.displayName.trim() === '') problems.displayName = t('profile.problem.displayName')
  for (const [index, { answer }] of draft.prompts.entries()) {
    if (answer.trim() === '') problems[`prompts.${index}`] = t('profile.problem.answer')
  }
  return problems
}

/** What the platform found, at the fields that it names. */
export function problemsIn(error: unknown, t: Translate): FieldProblems {
  if (!isProblem(error)) return {}
  if (error.code === 'place_unknown') return { city: t('profile.problem.city') }
  return Object.fromEntries(
    error.fields.flatMap(({ path }) => {
      const [, field = '', index] = path.split('/')
      if (field === 'prompts') return [[`prompts.${index}`, t('profile.problem.text')]]
      const key = fieldTexts[field]
      return key ? [[field === 'placeId' ? 'city' : field, t(key)]] : []
    }),
  )
}

const fieldTexts: Record<string, TextKey> = {
  displayName: 'profile.problem.displayName',
  gender: 'profile.problem.gender',
  headline: 'profile.problem.text',
  about: 'profile.problem.text',
  lookingFor: 'profile.problem.text',
  placeId: 'profile.problem.city',
  languages: 'profile.problem.languages',
}

/** One sentence for what went wrong with something that was to be saved, and what to do. */
export function problemText(error: unknown, t: Translate): string {
  if (!isProblem(error)) return t('profile.problem.other')
  if (error.status === 0) return t('profile.problem.offline')
  if (error.status === 401) return t('profile.problem.session')
  if (error.status === 429) return t('profile.problem.busy')
  if (error.status >= 502) return t('profile.problem.away')
  if (error.status === 422) return t('profile.problem.fields')
  return t('profile.problem.other')
}
