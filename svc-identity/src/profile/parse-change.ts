import type { FieldProblem } from '@accord/contracts/problem'
import { AppError } from '@accord/kit/error'
import { languageCodes } from './languages.ts'
import type { ProfileChange } from './schema.ts'
import { normaliseText } from './text.ts'

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

  if (body.displayName !== undefined) {
    change.displayName = normaliseText(body.displayName)
    expect(change.displayName !== '', '/displayName', 'a name with at least one visible character')
  }
  for (const [index, code] of (body.languages ?? []).entries())
    expect(languageCodes.has(code), `/languages/${index}`, 'a language code of ISO 639-1')
  if (body.prompts) {
    change.prompts = body.prompts.map(({ question, answer }) => ({ question, answer: normaliseText(answer) }))
    const asked = new Set<string>()
    for (const [index, { question, answer }] of change.prompts.entries()) {
      expect(answer !== '', `/prompts/${index}/answer`, 'an answer')
      expect(!asked.has(question), `/prompts/${index}/question`, 'each question at most once')
      asked.add(question)
    }
  }
  if (problems.length > 0) throw new AppError('validation_failed', { fields: problems })
  return change
}
