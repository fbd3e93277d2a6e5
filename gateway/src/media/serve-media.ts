import type { Clock } from '@accord/kit/clock'
import { AppError, isRefused } from '@accord/kit/error'
import { mediaPath, verifyMediaUrl } from '@accord/kit/media-url'
import type { Authenticator } from '../auth/authenticate.ts'
import { type Answer, withHeaders } from '../edge/answer.ts'
import { matchesTag } from '../edge/conditional.ts'
import { limitReached, type RateLimiter } from '../edge/rate-limit.ts'
import type { MediaObject, ReadMedia } from './object-cache.ts'
import { parseRange } from './range.ts'

export interface MediaDoor {
  authenticator: Authenticator
  limiter: RateLimiter
  read: ReadMedia
  key: Uint8Array
  clock: Clock
}

/** Serves a picture to a signed-in member who holds its signed address, `target`. Throws AppError. */
export async function serveMedia(door: MediaDoor, request: Request, target: string): Promise<Answer> {
  const { pathname, searchParams } = new URL(target, anyOrigin)
  const name = nameOf(pathname)
  const expires = searchParams.get('e') ?? ''
  const signature = searchParams.get('s') ?? ''
  const now = door.clock()
  if (name === null || !verifyMediaUrl({ key: door.key, name, expires, signature, now }))
    throw new AppError('forbidden', { detail: 'This address is not valid any more.' })

  const auth = await door.authenticator.authenticate(request)
  if (isRefused(auth)) throw new AppError(auth.refused, { detail: auth.detail })
  const verdict = await door.limiter.take('media', auth.actor.memberId)
  if (!verdict.allowed) throw limitReached(verdict)

  const object = await door.read(name)
  if (object === null) throw new AppError('not_found')
  const maxAge = Math.max(0, Math.floor(Number(expires) - now.getTime() / 1000))
  return answerFor(object, request, maxAge)
}

/** The request's own may be anything that a client called us. */
const anyOrigin = 'http://gateway'

function nameOf(pathname: string): string | null {
  try {
    const name = decodeURIComponent(pathname.slice(mediaPath.length))
    return /^[\w.-]{1,200}$/.test(name) ? name : null
  } catch {
    return null
  }
}

function answerFor(
  { bytes, type, etag }: MediaObject,
  { method, headers: asked }: Request,
  maxAge: number,
): Answer {
  const headers: Record<string, string> = {
    'content-type': type,
    etag,
    'accept-ranges': 'bytes',
    // No Vary: every new token would make a browser ask again for all the pictures that it has.
    'cache-control': `private, max-age=${maxAge}, immutable`,
    ...(type.startsWith('image/') ? {} : { 'content-disposition': 'attachment' }),
  }
  if (matchesTag(asked.get('if-none-match'), etag))
    return { status: 304, headers, body: null, policy: 'file' }

  const ifRange = asked.get('if-range')
  const asksForPart = method === 'GET' && (ifRange === null || ifRange === etag)
  const range = asksForPart ? parseRange(asked.get('range'), bytes.length) : null
  if (range === null) return { status: 200, headers, body: bytes, policy: 'file' }
  if (range === 'unsatisfiable') {
    const error = new AppError('range_not_satisfiable')
    throw withHeaders(error, { 'content-range': `bytes */${bytes.length}` })
  }
  headers['content-range'] = `bytes ${range.start}-${range.end}/${bytes.length}`
  return { status: 206, headers, body: bytes.slice(range.start, range.end + 1), policy: 'file' }
}
