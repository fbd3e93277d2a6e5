import type { TextKey } from '../text/keys.ts'
import type { Translate } from '../text/use-text.ts'

/** The questions that the platform knows, which are sent as they are here, and the texts that show them. */
const keys = {
  'The arrangement I have in mind looks like this': 'profile.prompt.arrangement',
  'What I am generous with': 'profile.prompt.generous',
  'What I ask for, said plainly': 'profile.prompt.ask',
  'A boundary of mine that you should know': 'profile.prompt.boundary',
  'A perfect evening starts with': 'profile.prompt.evening',
  'I feel spoiled when': 'profile.prompt.spoiled',
  'My week usually looks like': 'profile.prompt.week',
  'The trip I would take tomorrow': 'profile.prompt.trip',
  'I am at my best when': 'profile.prompt.best',
  'Something I can teach you': 'profile.prompt.teach',
  'The table I would book for us': 'profile.prompt.table',
  'What discretion means to me': 'profile.prompt.discretion',
  'A conversation I never tire of': 'profile.prompt.conversation',
  'What I have learned from earlier relationships': 'profile.prompt.learned',
  'You and I will get along if': 'profile.prompt.along',
} as const satisfies Record<string, TextKey>

export type PromptQuestion = keyof typeof keys

export const promptQuestions = Object.keys(keys) as PromptQuestion[]

export function isPromptQuestion(question: string): question is PromptQuestion {
  return Object.hasOwn(keys, question)
}

/** A prompt's question in the chosen language; one that has no translation stays as the platform wrote it. */
export function questionText(t: Translate, question: string): string {
  return isPromptQuestion(question) ? t(keys[question]) : question
}
