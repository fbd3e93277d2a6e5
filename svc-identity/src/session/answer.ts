import { accessToken } from '@accord/contracts/actor'
import { Id } from '@accord/contracts/id'
import { type Static, Type } from '@sinclair/typebox'
import { Member, readMember } from '../account/member.ts'
import type { Deps } from '../deps.ts'
import { accessTokenCookie, sessionCookies } from './cookies.ts'
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

/** The member has proved anew who they are; the refresh token is as it was. */
export const SteppedUp = Type.Object(
  {
    accessToken: Type.Optional(Type.String({ description: 'Not in a session of cookies.' })),
    expiresIn: Type.Integer({ description: 'Seconds until the access token expires.' }),
  },
  strict,
)
export type SteppedUp = Static<typeof SteppedUp>

/** What the route must set on its response. */
interface Outgoing {
  headers: Record<string, string | number | string[]>
}

/** No cache, shared or private, may keep an answer that carries tokens. */
const keptNowhere = 'no-store'

/** The answer for a session, and its cookies where that is how the tokens travel. */
export async function signedIn(
  deps: Deps,
  session: OpenedSession,
  mode: SessionMode,
  set: Outgoing,
): Promise<SignedIn> {
  const member = await readMember(deps.db.primary, deps.envelope, session.memberId)
  const expiresIn = accessToken.lifetimeSeconds
  set.headers['cache-control'] = keptNowhere
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

/** The answer with an access token alone, or with its cookie where that is how the tokens travel. */
export function steppedUp(token: string, mode: SessionMode, set: Outgoing): SteppedUp {
  const expiresIn = accessToken.lifetimeSeconds
  set.headers['cache-control'] = keptNowhere
  if (mode === 'token') return { accessToken: token, expiresIn }
  set.headers['set-cookie'] = [accessTokenCookie(token)]
  return { expiresIn }
}
