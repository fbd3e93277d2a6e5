import type { Schemas } from '../api/client.ts'
import { isPromptQuestion, type PromptQuestion } from './questions.ts'
import type { ProfileChange } from './use-change-profile.ts'

/** As the platform has them. */
export const limits = {
  displayName: 40,
  headline: 120,
  about: 2000,
  lookingFor: 500,
  answer: 500,
  prompts: 3,
  languages: 10,
} as const

/** The platform holds no more of a member. */
export const maxPhotos = 9

export type Gender = NonNullable<Schemas['OwnProfile']['gender']>
export type City = NonNullable<Schemas['OwnProfile']['city']>
export type Prompt = { question: PromptQuestion; answer: string }

/** A profile while it is being edited: what can be typed, and nothing else. */
export interface ProfileDraft {
  displayName: string
  gender: Gender | null
  headline: string
  about: string
  lookingFor: string
  city: City | null
  languages: string[]
  prompts: Prompt[]
}

export function draftOf(profile: Schemas['OwnProfile']): ProfileDraft {
  const { displayName, gender, headline, about, lookingFor, city, languages, prompts } = profile
  return {
    displayName,
    gender,
    headline: headline ?? '',
    about: about ?? '',
    lookingFor: lookingFor ?? '',
    city,
    languages,
    prompts: prompts.flatMap(({ question, answer }) =>
      isPromptQuestion(question) ? [{ question, answer }] : [],
    ),
  }
}

/** What is to be sent for a draft: only what differs from the profile as it was loaded. */
export function changesOf(draft: ProfileDraft, profile: Schemas['OwnProfile']): ProfileChange {
  const before = draftOf(profile)
  const change: ProfileChange = {}
  if (draft.displayName.trim() !== before.displayName) change.displayName = draft.displayName.trim()
  if (draft.gender !== before.gender) change.gender = draft.gender
  for (const field of ['headline', 'about', 'lookingFor'] as const) {
    const text = draft[field].trim()
    if (text !== before[field]) change[field] = text || null
  }
  if (draft.city?.id !== before.city?.id) change.placeId = draft.city?.id ?? null
  if (!same(draft.languages, before.languages)) change.languages = draft.languages
  const prompts = draft.prompts.map(({ question, answer }) => ({ question, answer: answer.trim() }))
  if (!same(prompts, before.prompts)) change.prompts = prompts
  return change
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
