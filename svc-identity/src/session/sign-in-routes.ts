import { deviceCookie, refreshCookie } from '@accord/contracts/actor'
import { Id } from '@accord/contracts/id'
import { AppError, unwrap } from '@accord/kit/error'
import { type Caller, NoContent, operation, routes, SessionModeHeaders } from '@accord/kit/http/operation'
import { Type } from '@sinclair/typebox'
import { EmailAddress } from '../account/email-address.ts'
import { GivenPassword } from '../credential/password-rules.ts'
import type { Deps } from '../deps.ts'
import { Method, MfaRequired, SignedIn, SteppedUp, signedIn, steppedUp } from './answer.ts'
import type { Client } from './client.ts'
import { completeMfa } from './complete-mfa.ts'
import { clearedCookies, readCookie } from './cookies.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { refreshSession } from './refresh.ts'
import { stepUp } from './step-up.ts'

const strict = { additionalProperties: false }

const DeviceToken = Type.String({ maxLength: 128, description: 'From an earlier sign-in on this device.' })
const Code = Type.String({ minLength: 6, maxLength: 32, examples: ['123456'] })
const RefreshToken = Type.String({
  maxLength: 256,
  description: 'In cookie mode the cookie is read instead.',
})

export const signInRoutes = (deps: Deps) =>
  routes()
    .post(
      '/api/v1/auth/login',
      async ({ body, caller, request, set }) => {
        const client = clientOf(caller, request, body.deviceToken)
        const result = unwrap(await login(deps, body, client))
        if ('challengeId' in result) return { mfaRequired: true as const, ...result }
        return signedIn(deps, result, client.mode, set)
      },
      operation({
        id: 'login',
        access: 'public',
        rate: 'credentials',
        summary: 'Sign in',
        description:
          'Answers with tokens, or asks for a second factor that completeMfa takes. With the header ' +
          'Accord-Session: cookie the tokens are set as cookies and stay out of the body.',
        tags: ['auth'],
        setsCookies: true,
        cookies: [deviceCookie],
        headers: SessionModeHeaders,
        body: Type.Object(
          { email: EmailAddress, password: GivenPassword, deviceToken: Type.Optional(DeviceToken) },
          strict,
        ),
        response: { 200: Type.Union([SignedIn, MfaRequired]) },
        errors: ['invalid_credentials', 'email_not_confirmed'],
      }),
    )
    .post(
      '/api/v1/auth/mfa',
      async ({ body, caller, request, set }) => {
        const client = clientOf(caller, request, body.deviceToken)
        return signedIn(deps, unwrap(await completeMfa(deps, body, client)), client.mode, set)
      },
      operation({
        id: 'completeMfa',
        access: 'public',
        rate: 'credentials',
        summary: 'Finish a sign-in with its second factor',
        tags: ['auth'],
        setsCookies: true,
        cookies: [deviceCookie],
        headers: SessionModeHeaders,
        body: Type.Object(
          {
            challengeId: Id('mch'),
            method: Method,
            code: Code,
            trustDevice: Type.Optional(
              Type.Boolean({ description: 'Do not ask for the second factor here for 30 days.' }),
            ),
            deviceToken: Type.Optional(DeviceToken),
          },
          strict,
        ),
        response: { 200: SignedIn },
        errors: ['challenge_invalid', 'code_invalid'],
      }),
    )
    .post(
      '/api/v1/auth/refresh',
      async ({ body, caller, request, set }) => {
        const client = clientOf(caller, request)
        const token = refreshTokenOf(client, request, body?.refreshToken)
        if (token === null) throw new AppError('refresh_invalid')
        const session = unwrap(await refreshSession(deps, token, client))
        return signedIn(deps, session, client.mode, set)
      },
      operation({
        id: 'refreshSession',
        access: 'public',
        summary: 'Renew the tokens of a session',
        description:
          'A refresh token works once. For 30 seconds the same client gets the same answer again; later, or ' +
          'from another client, its second use ends the session.',
        tags: ['auth'],
        setsCookies: true,
        cookies: [refreshCookie, deviceCookie],
        headers: SessionModeHeaders,
        body: Type.Optional(Type.Object({ refreshToken: Type.Optional(RefreshToken) }, strict)),
        response: { 200: SignedIn },
        errors: ['refresh_invalid', 'session_revoked'],
      }),
    )
    .post(
      '/api/v1/auth/step-up',
      async ({ body, caller, set }) => {
        const { accessToken } = unwrap(await stepUp(deps, caller.actor, body))
        return steppedUp(accessToken, caller.actor.mode, set)
      },
      operation({
        id: 'stepUp',
        access: 'member',
        rate: 'credentials',
        summary: 'Confirm who is signed in',
        description:
          'For operations that answer `step_up_required`: the same session goes on with a new access token, and ' +
          'its refresh token stays. Where the member has a second factor, its code is asked for by ' +
          '`second_factor_required`, after the right password; each code works once.',
        tags: ['auth'],
        setsCookies: true,
        body: Type.Object(
          {
            password: GivenPassword,
            code: Type.Optional(Code),
            method: Type.Optional(
              Type.Union([Type.Literal('totp'), Type.Literal('recovery')], {
                description: 'Whose code it is: `totp` unless told.',
              }),
            ),
          },
          strict,
        ),
        response: { 200: SteppedUp },
        errors: ['session_revoked', 'invalid_credentials', 'second_factor_required', 'code_invalid'],
      }),
    )
    .post(
      '/api/v1/auth/logout',
      async ({ body, caller, request, set }) => {
        const client = clientOf(caller, request)
        const refreshToken = refreshTokenOf(client, request, body?.refreshToken)
        await logout(deps, { session: caller.actorOrNull, refreshToken })
        if (client.mode === 'cookie') set.headers['set-cookie'] = clearedCookies()
      },
      operation({
        id: 'logout',
        access: 'public',
        summary: 'Sign out',
        description: 'Ends the session of the access token or of the refresh token. Safe to repeat.',
        tags: ['auth'],
        setsCookies: true,
        cookies: [refreshCookie],
        headers: SessionModeHeaders,
        body: Type.Optional(Type.Object({ refreshToken: Type.Optional(RefreshToken) }, strict)),
        response: { 204: NoContent },
      }),
    )

/** In cookie mode a device is known by its cookie alone, else by what the body says. */
function clientOf(caller: Caller, request: Request, deviceToken?: string): Client {
  const { sessionMode: mode, userAgent } = caller
  return {
    mode,
    userAgent,
    deviceToken: mode === 'cookie' ? readCookie(request, deviceCookie) : (deviceToken ?? null),
  }
}

function refreshTokenOf(client: Client, request: Request, given: string | undefined): string | null {
  return client.mode === 'cookie' ? readCookie(request, refreshCookie) : (given ?? null)
}
