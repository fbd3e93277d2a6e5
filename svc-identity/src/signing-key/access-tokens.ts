import { accessToken, type MemberRole } from '@accord/contracts/actor'
import type { MemberId, SessionId } from '@accord/contracts/id'
import type { Clock } from '@accord/kit/clock'
import { AppError } from '@accord/kit/error'
import { type CryptoKey, SignJWT } from 'jose'

export interface AccessClaims {
  memberId: MemberId
  sessionId: SessionId
  role: MemberRole
  /** How the member proved who they are (RFC 8176). */
  amr: readonly string[]
  authenticatedAt: Date
  staff: boolean
}

/** Signs access tokens (RFC 9068) with the key that is current. No I/O, so that a transaction may wait for it. */
export interface AccessTokens {
  /** Throws AppError `unavailable` before a key was given. */
  sign(claims: AccessClaims): Promise<string>
  /** From now on this key signs. */
  use(key: { kid: string; privateKey: CryptoKey }): void
}

export function createAccessTokens(clock: Clock): AccessTokens {
  let current: { kid: string; privateKey: CryptoKey } | undefined
  return {
    use(key) {
      current = key
    },
    async sign({ memberId, sessionId, role, amr, authenticatedAt, staff }) {
      if (!current) throw new AppError('unavailable', { retryAfterSeconds: 1 })
      const issuedAt = seconds(clock())
      return new SignJWT({ sid: sessionId, role, amr, auth_time: seconds(authenticatedAt), staff })
        .setProtectedHeader({ alg: accessToken.algorithm, typ: accessToken.type, kid: current.kid })
        .setSubject(memberId)
        .setIssuer(accessToken.issuer)
        .setAudience(accessToken.audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + accessToken.lifetimeSeconds)
        .sign(current.privateKey)
    },
  }
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}
