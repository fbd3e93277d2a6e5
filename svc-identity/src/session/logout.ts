import { fromUuid, type MemberId, type SessionId } from '@accord/contracts/id'
import type { Deps } from '../deps.ts'
import { hashToken, uuidsOf } from '../opaque-token.ts'
import { endSessions } from './end.ts'
import { findRefreshToken, lockOpenSession } from './store.ts'

/**
 * Ends the session that the access token or the refresh token belongs to. Whoever has neither is signed out
 * already; doing it twice changes nothing.
 */
export async function logout(
  deps: Deps,
  by: { session: { memberId: MemberId; sessionId: SessionId } | null; refreshToken: string | null },
): Promise<void> {
  await deps.db.primary.transaction().execute(async (trx) => {
    const named = by.session ?? sessionIn(by.refreshToken)
    if (!named) return
    if (!by.session && by.refreshToken !== null) {
      const session = await lockOpenSession(trx, named.memberId, named.sessionId, deps.clock())
      if (!session || !(await findRefreshToken(trx, session, hashToken(by.refreshToken)))) return
    }
    await endSessions(trx, deps, named.memberId, { only: [named.sessionId] }, 'logout')
  })
}

function sessionIn(token: string | null): { memberId: MemberId; sessionId: SessionId } | null {
  const [member, session] = (token === null ? null : uuidsOf(token, 2)) ?? []
  if (member === undefined || session === undefined) return null
  return { memberId: fromUuid('mem', member), sessionId: fromUuid('ses', session) }
}
