import type { FieldProblem } from '@accord/contracts/problem'
import { AppError } from '@accord/kit/error'
import { languageCodes } from './languages.ts'
import { type ProfileChange, profileLimits } from './schema.ts'
import { isVisible, normaliseText, textOrNull } from './text.ts'

/**
 * A change as it will be stored: texts normalised, and checked for what a schema cannot say. Throws
 * `validation_failed` with the paths of the fields.
 */
export function parseProfileChange(body: ProfileChange): ProfileChange {
  const problems: FieldProblem[] = []
  const expect = (holds: boolean, path: string, expected: string) => {
    if (!holds) problems.push({ path, in: 'body', expected })
  }
  const change: ProfileChange = { ...body }

  const fits = (text: string, path: string, limit: number) =>
    expect(text.length <= limit, path, `at most ${limit} characters`)

  if (body.displayName !== undefined) {
    change.displayName = normaliseText(body.displayName)
    expect(isVisible(change.displayName), '/displayName', 'a name with at least one visible character')
    fits(change.displayName, '/displayName', profileLimits.displayName)
  }
  for (const field of ['headline', 'about', 'lookingFor'] as const) {
    const text = body[field]
    if (text === undefined) continue
    change[field] = textOrNull(text)
    // Composing makes some letters longer, and answers promise the same limits as requests.
    fits(change[field] ?? '', `/${field}`, profileLimits[field])
  }
  for (const [index, code] of (body.languages ?? []).entries())
    expect(languageCodes.has(code), `/languages/${index}`, 'a language code of ISO 639-1')
  if (body.prompts) {
    change.prompts = body.prompts.map(({ question, answer }) => ({ question, answer: normaliseText(answer) }))
    const asked = new Set<string>()
    for (const [index, { question, answer }] of change.prompts.entries()) {
      expect(isVisible(answer), `/prompts/${index}/answer`, 'an answer')
      fits(answer, `/prompts/${index}/answer`, profileLimits.answer)
      expect(!asked.has(question), `/prompts/${index}/question`, 'each question at most once')
      asked.add(question)
    }
  }
  if (problems.length > 0) throw new AppError('validation_failed', { fields: problems })
  return change
}
