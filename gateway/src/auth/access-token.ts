import { type Actor, accessToken, MemberRole } from '@accord/contracts/actor'
import { isId } from '@accord/contracts/id'
import type { Clock } from '@accord/kit/clock'
import { type Refused, refused } from '@accord/kit/error'
import { Value } from '@sinclair/typebox/value'
import { errors, type JWTPayload, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Authenticated } from '../gateway.ts'
import type { SigningKeys } from './signing-keys.ts'

const rememberTokens = 25_000
const maxTokenLength = 4096

type TokenRefusal = Refused<'unauthenticated' | 'token_expired'>

export interface AccessTokenVerifier {
  verify(token: string, mode: Actor['mode']): Promise<Authenticated | TokenRefusal>
}

/**
 * Verifies access tokens (RFC 9068 in shape) against identity's keys: algorithm, type, issuer and audience are
 * ours to choose, never the token's. A signature is checked once per distinct string; expiry every time.
 */
export function createAccessTokenVerifier(keys: SigningKeys, clock: Clock): AccessTokenVerifier {
  const verified = {
    cookie: new LRUCache<string, Authenticated>({ max: rememberTokens }),
    token: new LRUCache<string, Authenticated>({ max: rememberTokens }),
  }
  // A key that was withdrawn takes the tokens it signed with it.
  keys.onChange(() => {
    verified.cookie.clear()
    verified.token.clear()
  })

  return {
    verify: async (token, mode) => {
      if (token.length > maxTokenLength) return refused('unauthenticated')
      const known = verified[mode].get(token)
      if (known !== undefined) return isExpired(known, clock) ? refused('token_expired') : known
      const fresh = await verifySignature(token, mode, keys, clock)
      if (!('refused' in fresh)) verified[mode].set(token, fresh)
      return fresh
    },
  }
}

/** Whether a token that was verified before has run out. */
export function isExpired(auth: Authenticated, clock: Clock): boolean {
  return auth.expiresAt * 1000 <= clock().getTime()
}

async function verifySignature(
  token: string,
  mode: Actor['mode'],
  keys: SigningKeys,
  clock: Clock,
): Promise<Authenticated | TokenRefusal> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = kid === undefined ? undefined : keys.find(kid)
        if (key === undefined) throw new errors.JWKSNoMatchingKey()
        return key
      },
      {
        algorithms: [accessToken.algorithm],
        typ: accessToken.type,
        issuer: accessToken.issuer,
        audience: accessToken.audience,
        requiredClaims: ['sub', 'sid', 'role', 'auth_time', 'iat', 'exp'],
        currentDate: clock(),
      },
    )
    return authenticatedOf(payload, mode) ?? refused('unauthenticated')
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refused('token_expired')
    if (error instanceof errors.JOSEError) return refused('unauthenticated')
    throw error
  }
}

function authenticatedOf(claims: JWTPayload, mode: Actor['mode']): Authenticated | null {
  const { sub, sid, role, auth_time: authenticatedAt, staff, iat, exp } = claims
  if (typeof sub !== 'string' || !isId('mem', sub)) return null
  if (typeof sid !== 'string' || !isId('ses', sid)) return null
  if (!Value.Check(MemberRole, role) || !Number.isInteger(authenticatedAt)) return null
  if (iat === undefined || exp === undefined || exp - iat > accessToken.lifetimeSeconds) return null
  return {
    actor: {
      memberId: sub,
      sessionId: sid,
      role,
      authenticatedAt: authenticatedAt as number,
      staff: staff === true,
      mode,
    },
    issuedAt: iat,
    expiresAt: exp,
  }
}
