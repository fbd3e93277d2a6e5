import { AppError } from '@accord/kit/error'
import type { Preferences } from './schema.ts'

/** Checks what the schema cannot say. Throws `validation_failed` with the path of the field. */
export function parsePreferences(body: Preferences): Preferences {
  if (body.ageMax < body.ageMin) {
    throw new AppError('validation_failed', {
      fields: [{ path: '/ageMax', in: 'body', expected: 'an age that is not below ageMin' }],
    })
  }
  return body
}
