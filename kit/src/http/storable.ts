import { AppError } from '../error.ts'

const deepest = 32

/**
 * Refuses what is valid JSON and would fail further inside, as our fault: nesting that overflows the stack of
 * whoever walks through it, and U+0000, which Postgres cannot keep as text.
 * Throws AppError `malformed_request` or `validation_failed`.
 */
export function assertStorable(body: unknown): void {
  const path = pathOfNul(body, 0)
  if (path !== null) {
    throw new AppError('validation_failed', {
      fields: [{ path, in: 'body', expected: 'text without U+0000' }],
    })
  }
}

/** JSON Pointer (RFC 6901) to the first text with U+0000, or null. */
function pathOfNul(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return value.includes('\0') ? '' : null
  if (typeof value !== 'object' || value === null) return null
  if (depth === deepest) {
    throw new AppError('malformed_request', { detail: `The body is nested deeper than ${deepest} levels.` })
  }
  for (const [key, inner] of Object.entries(value)) {
    // The name itself is left out of the answer then: it would carry the character on.
    if (key.includes('\0')) return ''
    const path = pathOfNul(inner, depth + 1)
    if (path !== null) return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}${path}`
  }
  return null
}
