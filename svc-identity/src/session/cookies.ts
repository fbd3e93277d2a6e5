import { accessCookie, accessToken, deviceCookie, refreshCookie } from '@accord/contracts/actor'
import { lifetime } from './lifetime.ts'
import type { OpenedSession } from './open.ts'

/** Refresh and logout read it, and nothing else ever sees it. */
const refreshPath = '/api/v1/auth'
/** As long as browsers keep any cookie. */
const deviceSeconds = 400 * 24 * 60 * 60

/** Set-Cookie lines that hand a session's tokens to a browser, where no script can read them. */
export function sessionCookies(session: Pick<OpenedSession, 'accessToken' | 'refreshToken' | 'deviceToken'>) {
  const refreshSeconds = lifetime.refreshMs / 1000
  return [
    accessTokenCookie(session.accessToken),
    cookie(refreshCookie, session.refreshToken, refreshPath, 'Strict', refreshSeconds),
    ...(session.deviceToken === null
      ? []
      : [cookie(deviceCookie, session.deviceToken, '/', 'Lax', deviceSeconds)]),
  ]
}

/** The Set-Cookie line of the access token alone. */
export function accessTokenCookie(token: string): string {
  return cookie(accessCookie, token, '/', 'Lax', accessToken.lifetimeSeconds)
}

/** Set-Cookie lines that take a session back; the device stays known. */
export function clearedCookies(): string[] {
  return [cookie(accessCookie, '', '/', 'Lax', 0), cookie(refreshCookie, '', refreshPath, 'Strict', 0)]
}

/** The value of a request's cookie, or null. Of two with one name the first counts (RFC 6265, 5.4). */
export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || null
  }
  return null
}

function cookie(name: string, value: string, path: string, sameSite: 'Lax' | 'Strict', maxAge: number) {
  return `${name}=${value}; Path=${path}; Max-Age=${maxAge}; Secure; HttpOnly; SameSite=${sameSite}`
}
