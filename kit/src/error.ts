import { type ErrorCode, errorCodes, isErrorCode } from '@accord/contracts/error-code'
import type { FieldProblem } from '@accord/contracts/problem'

export interface AppErrorOptions {
  /** One sentence for the client, safe to show; the code's title is always there. */
  detail?: string | undefined
  fields?: readonly FieldProblem[] | undefined
  retryAfterSeconds?: number | undefined
  /** What went wrong underneath: logged, never shown. */
  cause?: unknown
}

/**
 * The one error class. Its `code` decides status and title (contracts/error-code); everything else about an
 * error stays inside. Recognise it with `isAppError`, never with `instanceof`: two copies of kit may be loaded.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail?: string
  readonly fields?: readonly FieldProblem[]
  readonly retryAfterSeconds?: number

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(
      options.detail ?? errorCodes[code].title,
      options.cause === undefined ? {} : { cause: options.cause },
    )
    this.name = 'AppError'
    this.code = code
    if (options.detail !== undefined) this.detail = options.detail
    if (options.fields !== undefined) this.fields = options.fields
    if (options.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** Whether a thrown value is an AppError, by name and code. */
export function isAppError(error: unknown): error is AppError {
  return (
    error instanceof Error && error.name === 'AppError' && 'code' in error && isErrorCode(String(error.code))
  )
}

/** What a use case returns when it expectedly says no. Bugs throw instead. */
export interface Refused<C extends ErrorCode = ErrorCode> {
  readonly refused: C
  readonly detail?: string
  readonly retryAfterSeconds?: number
}

/** A refusal with this code. */
export function refused<C extends ErrorCode>(
  code: C,
  more: { detail?: string; retryAfterSeconds?: number } = {},
): Refused<C> {
  return { refused: code, ...more }
}

/** Whether a use case's result is a refusal. */
export function isRefused(value: unknown): value is Refused {
  return (
    typeof value === 'object' && value !== null && 'refused' in value && isErrorCode(String(value.refused))
  )
}

/** The result of a use case, or its refusal thrown as AppError: what routes do with a use case's answer. */
export function unwrap<T>(result: T): Exclude<T, Refused> {
  if (!isRefused(result)) return result as Exclude<T, Refused>
  throw new AppError(result.refused, {
    detail: result.detail,
    retryAfterSeconds: result.retryAfterSeconds,
  })
}
