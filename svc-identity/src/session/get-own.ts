import { fromUuid, Id, type MemberId, type SessionId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import { type Static, Type } from '@sinclair/typebox'
import { Member, readMember } from '../account/member.ts'
import type { Deps } from '../deps.ts'
import { findOpenSession } from './store.ts'

const strict = { additionalProperties: false }

/** Who a client is signed in as, and by which session. */
export const OwnSession = Type.Object(
  {
    member: Member,
    session: Type.Object(
      {
        id: Id('ses'),
        createdAt: Type.String(),
        device: Type.String({ examples: ['Firefox on Linux'] }),
        mode: Type.Union([Type.Literal('cookie'), Type.Literal('token')]),
      },
      strict,
    ),
  },
  strict,
)
export type OwnSession = Static<typeof OwnSession>

/** The session that asks, with its member. One that has ended is over here before the gateways have heard of it. */
export async function getOwnSession(
  deps: Pick<Deps, 'db' | 'envelope' | 'clock'>,
  by: { memberId: MemberId; sessionId: SessionId },
): Promise<OwnSession | Refused<'session_revoked'>> {
  const db = deps.db.primary
  const session = await findOpenSession(db, by.memberId, by.sessionId, deps.clock())
  if (!session) return refused('session_revoked')
  return {
    member: await readMember(db, deps.envelope, by.memberId),
    session: {
      id: fromUuid('ses', session.id),
      createdAt: session.created_at.toISOString(),
      device: session.label,
      mode: session.mode,
    },
  }
}
