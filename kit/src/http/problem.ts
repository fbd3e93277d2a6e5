import { type ErrorCode, errorCodes } from '@accord/contracts/error-code'
import { type Problem, problemContentType, problemType } from '@accord/contracts/problem'
import { AppError, isAppError } from '../error.ts'

/**
 * The problem document (RFC 9457) of whatever was thrown. Anything that is not an AppError becomes
 * `internal`: nothing of it is shown, and whoever calls this logs it.
 */
export function toProblem(error: unknown, requestId: string): { status: number; problem: Problem } {
  const known = isAppError(error) ? error : new AppError('internal')
  const { status, title } = errorCodes[known.code]
  const problem: Problem = {
    type: problemType(known.code),
    title,
    status,
    code: known.code,
    ...(known.detail === undefined ? {} : { detail: known.detail }),
    requestId,
    ...(known.fields === undefined ? {} : { fields: [...known.fields] }),
    ...(known.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: known.retryAfterSeconds }),
  }
  return { status, problem }
}

/** The same as a response, with `Retry-After` where the error knows it. */
export function problemResponse(error: unknown, requestId: string): Response {
  const { status, problem } = toProblem(error, requestId)
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      'content-type': problemContentType,
      ...(problem.retryAfterSeconds === undefined
        ? {}
        : { 'retry-after': String(problem.retryAfterSeconds) }),
    },
  })
}

/** Whether a code means that the fault is ours: logged as error, counted against the service. */
export function isOurFault(code: ErrorCode): boolean {
  return errorCodes[code].status >= 500
}
