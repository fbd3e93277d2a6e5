import type { Schemas } from './client.ts'

/**
 * What went wrong with a request: a problem document (RFC 9457) of the platform, or, with status 0, our own
 * `offline` when there was no answer at all.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  readonly fields: readonly { path: string; expected: string }[]
  readonly retryAfterSeconds: number | null

  constructor({
    status,
    code,
    title,
    fields,
    retryAfterSeconds,
  }: Partial<Schemas['Problem']> & { status: number; code: string }) {
    super(title ?? code)
    this.status = status
    this.code = code
    this.fields = fields ?? []
    this.retryAfterSeconds = retryAfterSeconds ?? null
  }
}

export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem
}

/** Whether the same request may succeed a little later, with nothing changed. */
export function mayPass(error: unknown): boolean {
  return isProblem(error) && (error.status === 0 || error.status === 429 || error.status >= 500)
}
