import { problemContentType } from '@accord/contracts/problem'
import type { AppError } from '@accord/kit/error'
import { toProblem } from '@accord/kit/http/problem'

/** What will be sent, before the headers that every answer has. */
export interface Answer {
  status: number
  headers: Record<string, string>
  setCookies?: readonly string[]
  body: string | Uint8Array<ArrayBuffer> | Blob | ReadableStream | null
  /** Which Content-Security-Policy and caching go with it. */
  policy: Policy
}

/** `api`: data, nothing may be loaded or framed. `docs`, `landing`, `app`: our three kinds of pages. `file`: what they load. */
export type Policy = 'api' | 'docs' | 'landing' | 'app' | 'file'

const headersOfErrors = new WeakMap<AppError, Record<string, string>>()

/** The same error; its problem document will go out with these headers. */
export function withHeaders(error: AppError, headers: Record<string, string>): AppError {
  headersOfErrors.set(error, headers)
  return error
}

/** The problem document of whatever was thrown. */
export function problemAnswer(error: unknown, requestId: string): Answer {
  const { status, problem } = toProblem(error, requestId)
  return {
    status,
    headers: {
      'content-type': problemContentType,
      'cache-control': 'no-store',
      ...(problem.retryAfterSeconds === undefined ? {} : { 'retry-after': `${problem.retryAfterSeconds}` }),
      ...(status === 401 ? { 'www-authenticate': 'Bearer realm="accord"' } : {}),
      ...headersOfErrors.get(error as AppError),
    },
    body: JSON.stringify(problem),
    policy: 'api',
  }
}

/** An answer of JSON that is ours to give. */
export function jsonAnswer(status: number, value: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
    policy: 'api',
  }
}
