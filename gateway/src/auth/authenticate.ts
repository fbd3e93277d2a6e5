import type { Clock } from '@accord/kit/clock'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import type { Authenticated, AuthRefusal } from '../gateway.ts'
import { type AccessTokenVerifier, isExpired } from './access-token.ts'
import { type Credentials, credentialsOf } from './credentials.ts'
import type { Revocations } from './revocation.ts'

export interface Authenticator {
  authenticate(request: Request): Promise<Authenticated | Refused<AuthRefusal>>
  withCredentials(credentials: Credentials): Promise<Authenticated | Refused<AuthRefusal>>
  recheck(auth: Authenticated): Refused<AuthRefusal> | null
}

/** Who is it, and may that still be believed? Revocation is looked at every time. */
export function createAuthenticator(
  tokens: AccessTokenVerifier,
  revocations: Revocations,
  clock: Clock,
): Authenticator {
  const recheck = (auth: Authenticated): Refused<AuthRefusal> | null => {
    if (isExpired(auth, clock)) return refused('token_expired')
    if (!revocations.isCurrent()) return refused('unavailable', { retryAfterSeconds: 2 })
    return revocations.isRevoked(auth) ? refused('session_revoked') : null
  }
  const withCredentials = async ({ token, mode }: Credentials) => {
    const verified = await tokens.verify(token, mode)
    return isRefused(verified) ? verified : (recheck(verified) ?? verified)
  }
  return {
    recheck,
    withCredentials,
    authenticate: async (request) => {
      const credentials = credentialsOf(request.headers)
      if (credentials === null) return refused('unauthenticated')
      return isRefused(credentials) ? credentials : withCredentials(credentials)
    },
  }
}
