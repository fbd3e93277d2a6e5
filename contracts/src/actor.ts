import { type Static, Type } from '@sinclair/typebox'
import { Id } from './id.ts'

export const MemberRole = Type.Union([Type.Literal('benefactor'), Type.Literal('companion')])
export type MemberRole = Static<typeof MemberRole>

/** Who acts: what the gateway asserts to a service after it has verified the access token. */
export const Actor = Type.Object(
  {
    memberId: Id('mem'),
    sessionId: Id('ses'),
    role: MemberRole,
    /** Seconds since the epoch of the last password or second factor. */
    authenticatedAt: Type.Integer(),
    staff: Type.Boolean(),
    /** `cookie` for browsers, `token` for API consumers. */
    mode: Type.Union([Type.Literal('cookie'), Type.Literal('token')]),
  },
  { additionalProperties: false },
)
export type Actor = Static<typeof Actor>

/** Cookie names; `__Host-` and `__Secure-` make the browser itself enforce Secure, and Path=/ for the first. */
export const accessCookie = '__Host-at'
export const refreshCookie = '__Secure-rt'
/** Recognises a browser that its member has signed in from before; no credential by itself. */
export const deviceCookie = '__Host-dv'
/** The custom header a browser must send with every cookie-authenticated write. */
export const csrfHeader = 'accord-csrf'
/** Asks for cookies instead of tokens in the body when its value is `cookie`. */
export const sessionModeHeader = 'accord-session'

export const accessToken = {
  issuer: 'https://accord.example',
  audience: 'accord-api',
  type: 'at+jwt',
  algorithm: 'EdDSA',
  lifetimeSeconds: 600,
} as const

export const actorAssertion = {
  issuer: 'accord-gateway',
  type: 'accord-actor+jwt',
  algorithm: 'EdDSA',
  lifetimeSeconds: 60,
} as const
