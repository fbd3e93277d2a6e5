import { type Actor, accessCookie } from '@accord/contracts/actor'
import { type Refused, refused } from '@accord/kit/error'

export interface Credentials {
  mode: Actor['mode']
  token: string
}

/** The access token of a request: from the cookie of a browser or the Authorization header, never from both. */
export function credentialsOf(
  headers: Headers,
): Credentials | Refused<'malformed_request' | 'unauthenticated'> | null {
  const authorization = headers.get('authorization')
  const cookieHeader = headers.get('cookie')
  const cookie = cookieHeader === null ? null : cookieOf(cookieHeader, accessCookie)
  if (authorization !== null && cookie !== null) {
    return refused('malformed_request', { detail: 'Send the access token as a cookie or in Authorization.' })
  }
  if (cookie !== null) return { mode: 'cookie', token: cookie }
  if (authorization === null) return null
  const token = bearer.exec(authorization)?.[1]
  return token === undefined ? refused('unauthenticated') : { mode: 'token', token }
}

/** One cookie's value (RFC 6265, the first of its name), or null. */
export function cookieOf(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim()
  }
  return null
}

const bearer = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i
