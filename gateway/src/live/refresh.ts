import { accessToken } from '@accord/contracts/actor'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import type { Authenticated, AuthRefusal } from '../gateway.ts'
import type { Live } from './live.ts'
import type { LiveSocket } from './live-socket.ts'
import { perform } from './perform.ts'

/** Enough for all sessions that a member has. */
const sessionsToLookAt = '100'

/** Carries a socket past the end of its access token: with a new one, or, in cookie mode, if the session lives. */
export async function refresh(
  live: Live,
  socket: LiveSocket,
  auth: Authenticated,
  token: string | undefined,
): Promise<Authenticated | Refused<AuthRefusal | 'forbidden'>> {
  if (auth.actor.mode === 'cookie') {
    return token === undefined ? lookAgain(live, socket, auth) : refused('forbidden')
  }
  if (token === undefined) return refused('unauthenticated', { detail: 'Send a new token.' })
  const fresh = await live.gateway.verifyToken(token)
  if (isRefused(fresh)) return fresh
  // A socket belongs to one member for as long as it lives.
  return fresh.actor.memberId === auth.actor.memberId ? fresh : refused('forbidden')
}

/**
 * The browser's new cookie cannot reach an open socket, so identity is asked whether the session is still
 * there. `issuedAt` stays the old one: every later revocation then still counts.
 */
async function lookAgain(
  live: Live,
  socket: LiveSocket,
  auth: Authenticated,
): Promise<Authenticated | Refused<AuthRefusal>> {
  const { data } = (await perform(live, socket, auth, 'listSessions', {
    query: { limit: sessionsToLookAt },
  })) as { data: { current: boolean }[] }
  if (!data.some((session) => session.current)) return refused('session_revoked')
  return { ...auth, expiresAt: Math.floor(live.now() / 1000) + accessToken.lifetimeSeconds }
}
