import { accessToken } from '@accord/contracts/actor'
import { Id } from '@accord/contracts/id'
import { type Static, Type } from '@sinclair/typebox'
import { Member, readMember } from '../account/member.ts'
import type { Deps } from '../deps.ts'
import { sessionCookies } from './cookies.ts'
import type { OpenedSession } from './open.ts'
import type { SessionMode } from './tables.ts'

const strict = { additionalProperties: false }

/** A session was opened or renewed. In cookie mode the tokens are cookies and stand nowhere in the body. */
export const SignedIn = Type.Object(
  {
    member: Member,
    accessToken: Type.Optional(Type.String({ description: 'Only without Accord-Session: cookie.' })),
    refreshToken: Type.Optional(Type.String({ description: 'Only without Accord-Session: cookie.' })),
    deviceToken: Type.Optional(
      Type.String({
        description: 'Given once for a new device. Send it with later sign-ins; it is no credential.',
      }),
    ),
    expiresIn: Type.Integer({ description: 'Seconds until the access token expires.' }),
  },
  strict,
)
export type SignedIn = Static<typeof SignedIn>

export const Method = Type.Union([Type.Literal('totp'), Type.Literal('recovery'), Type.Literal('email')])

export const MfaRequired = Type.Object(
  {
    mfaRequired: Type.Literal(true),
    challengeId: Id('mch'),
    methods: Type.Array(Method, { description: 'One of them finishes the sign-in.' }),
  },
  strict,
)

/** What the route must set on its response. */
interface Outgoing {
  headers: Record<string, string | number | string[]>
}

/** The answer for a session, and its cookies where that is how the tokens travel. */
export async function signedIn(
  deps: Deps,
  session: OpenedSession,
  mode: SessionMode,
  set: Outgoing,
): Promise<SignedIn> {
  const member = await readMember(deps.db.primary, deps.envelope, session.memberId)
  const expiresIn = accessToken.lifetimeSeconds
  // No cache, shared or private, may keep an answer that carries tokens.
  set.headers['cache-control'] = 'no-store'
  if (mode === 'cookie') {
    set.headers['set-cookie'] = sessionCookies(session)
    return { member, expiresIn }
  }
  const { accessToken: access, refreshToken, deviceToken } = session
  return {
    member,
    accessToken: access,
    refreshToken,
    expiresIn,
    ...(deviceToken === null ? {} : { deviceToken }),
  }
}
