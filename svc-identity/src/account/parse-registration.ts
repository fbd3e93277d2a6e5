import type { FieldProblem } from '@accord/contracts/problem'
import { AppError } from '@accord/kit/error'
import { profileLimits } from '../profile/schema.ts'
import { isVisible, normaliseText } from '../profile/text.ts'
import { isBirthDate } from './age.ts'
import { normaliseEmail } from './email-address.ts'
import type { Registration } from './register.ts'

/**
 * A registration as it will be stored, checked for what a schema cannot say. Throws `validation_failed` with the
 * paths of the fields.
 */
export function parseRegistration(body: Registration, now: Date): Registration {
  const problems: FieldProblem[] = []
  const expect = (holds: boolean, path: string, expected: string) => {
    if (!holds) problems.push({ path, in: 'body', expected })
  }
  const email = normaliseEmail(body.email)
  const displayName = normaliseText(body.displayName)
  expect(email !== null, '/email', 'an address with a domain that can exist')
  expect(isBirthDate(body.birthDate, now), '/birthDate', 'a day that has been')
  expect(isVisible(displayName), '/displayName', 'a name with at least one visible character')
  // Composing makes some letters longer.
  const limit = profileLimits.displayName
  expect(displayName.length <= limit, '/displayName', `at most ${limit} characters`)
  if (email === null || problems.length > 0) throw new AppError('validation_failed', { fields: problems })
  return { ...body, email, displayName }
}
