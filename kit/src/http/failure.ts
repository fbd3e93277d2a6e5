import { kindOf } from '../consume/failure.ts'
import { AppError, isAppError } from '../error.ts'
import { fieldProblems, isPlace } from './validation.ts'

/**
 * What a client is told about anything that Elysia reports: `code` is Elysia's. The cause is for the log, and
 * holds nothing that was sent or answered: Elysia's own messages quote both.
 */
export function asAppError(error: unknown, code: unknown): AppError {
  if (isAppError(error)) return error
  if (code === 'NOT_FOUND') return new AppError('not_found')
  if (code === 'PARSE') {
    const cause = error instanceof Error ? error.cause : undefined
    return isAppError(cause) ? cause : new AppError('malformed_request')
  }
  if (isValidationFailure(error)) return ofValidation(error)
  // Postgres or Redis is away, no connection came free in time, or another transaction was in the way (a
  // deadlock, a lock held too long): not our bug, and worth another try.
  if (kindOf(error) !== 'failure') return new AppError('unavailable', { cause: error, retryAfterSeconds: 1 })
  return new AppError('internal', { cause: error })
}

interface ValidationFailure {
  code: 'VALIDATION'
  /** body, query, params, headers, cookie or response. */
  type: string
  value: unknown
  validator: { Errors(value: unknown): Parameters<typeof fieldProblems>[1] }
}

function isValidationFailure(error: unknown): error is ValidationFailure {
  return error instanceof Error && 'code' in error && error.code === 'VALIDATION' && 'validator' in error
}

function ofValidation({ type, validator, value }: ValidationFailure): AppError {
  const errors = validator.Errors(value)
  if (isPlace(type)) return new AppError('validation_failed', { fields: fieldProblems(type, errors) })
  const wrong = fieldProblems('body', errors).map(({ path, expected }) => `${path || '/'}: ${expected}`)
  return new AppError('internal', {
    cause: new Error(`The answer does not fit its own schema: ${wrong.join('; ')}`),
  })
}
