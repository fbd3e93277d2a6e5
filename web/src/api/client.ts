import createClient from 'openapi-fetch'
import { bringToken, refreshSession, sessionEnded } from '../app/session.ts'
import { Problem } from './problem.ts'
import type { components, paths } from './schema.generated.d.ts'

export type Schemas = components['schemas']

/** Longer than the platform itself waits for anything. */
const timeoutMs = 20_000

/**
 * The platform's operations, typed by its own document. Cookies carry the session; every write carries the
 * header that only our own pages can set. An access token that has run out is renewed once, unseen.
 */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send })

/** The body of an answer; throws a {@link Problem} when there was none that could be used. */
export async function unwrap<T>(
  request: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await request
  if (response.ok) return data as T
  throw asProblem(error, response)
}

/** As a fetch of ours, also for what openapi-fetch does not do, as uploads with progress. */
export function send(request: Request): Promise<Response> {
  return sendRenewing(request, refreshSession)
}

/** For an operation that answers with a new access token: no renewal runs beside it. */
export function sendForToken(request: Request): Promise<Response> {
  return bringToken((renew) => sendRenewing(request, renew))
}

async function sendRenewing(request: Request, renew: () => Promise<boolean>): Promise<Response> {
  const again = request.clone()
  const response = await attempt(request)
  const code = response.status === 401 ? await codeOf(response) : null
  if (code === 'session_revoked') await sessionEnded()
  // Not every 401 is about the session: a wrong password is one, too.
  if (code !== 'unauthenticated' && code !== 'token_expired') return response
  return (await renew()) ? attempt(again) : response
}

async function attempt(request: Request): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set('accord-csrf', '1')
  try {
    return await fetch(request, {
      headers,
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]),
    })
  } catch (error) {
    if (request.signal.aborted) throw error
    throw new Problem({ status: 0, code: 'offline' })
  }
}

async function codeOf(response: Response): Promise<string | null> {
  const body = await response
    .clone()
    .json()
    .catch(() => null)
  return (body as { code?: string } | null)?.code ?? null
}

function asProblem(error: unknown, response: Response): Problem {
  const known = typeof error === 'object' && error !== null && 'code' in error
  if (known) return new Problem(error as Schemas['Problem'])
  return new Problem({ status: response.status, code: response.status >= 502 ? 'unavailable' : 'internal' })
}
