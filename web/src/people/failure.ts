import { isProblem } from '../api/problem.ts'
import type { Translate } from '../text/use-text.ts'

/** Why something about a person could not be done, and what to do, in one sentence. */
export function failureText(t: Translate, error: unknown): string {
  if (!isProblem(error)) return t('people.failed.other')
  if (error.code === 'offline') return t('people.failed.offline')
  if (error.status === 404) return t('people.failed.gone')
  if (error.status === 429) return t('people.failed.busy')
  return t('people.failed.other')
}
