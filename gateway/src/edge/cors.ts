import { csrfHeader, sessionModeHeader } from '@accord/contracts/actor'

export interface Cors {
  /** Headers of an answer to this origin: none unless it is on the list. */
  headersFor(origin: string | null): Record<string, string> | null
  /** Headers of a preflight's answer, or null when it is refused. */
  preflight(origin: string | null, asked: string | null): Record<string, string> | null
}

const exposed = 'ETag, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id'
const requestHeaders =
  'authorization, content-type, idempotency-key, if-none-match, traceparent, x-request-id'

/**
 * Cross-origin calls: closed, but for the listed origins, and those with tokens only. Cookies are never allowed
 * across origins, so neither are the headers that go with them.
 */
export function createCors(origins: readonly string[]): Cors {
  const allowed = new Set(origins)
  const headersFor = (origin: string | null) =>
    origin !== null && allowed.size > 0 && allowed.has(origin)
      ? { 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed, vary: 'Origin' }
      : null
  return {
    headersFor,
    preflight: (origin, asked) => {
      const base = asked === null ? null : headersFor(origin)
      if (base === null) return null
      return {
        'access-control-allow-origin': base['access-control-allow-origin'],
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': requestHeaders,
        'access-control-max-age': '7200',
        vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
      }
    },
  }
}

/** Named here so that nobody adds them above: a preflight must go on refusing what only our own pages send. */
export const neverAcrossOrigins = [csrfHeader, sessionModeHeader] as const
