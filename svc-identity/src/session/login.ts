import { fromUuid, type MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Kysely } from 'kysely'
import { normaliseEmail } from '../account/email-address.ts'
import { addressDigests, findHolder, findPending, lockAccount } from '../account/store.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { recogniseDevice } from '../device/recognise.ts'
import { mailAllowed } from '../mail/request.ts'
import { isTotpOn } from '../totp/store.ts'
import { type ChallengeId, openChallenge } from './challenge.ts'
import type { Client } from './client.ts'
import { type OpenedSession, openSession } from './open.ts'
import { paceOf } from './pace.ts'
import { passwordProof } from './proof.ts'
import type { SecondFactor } from './tables.ts'

export interface MfaRequired {
  challengeId: ChallengeId
  methods: SecondFactor[]
}

export type LoginRefusal = 'invalid_credentials' | 'email_not_confirmed' | 'too_many_requests'

/**
 * Signs in with address and password: a session, or a challenge for the second factor. An unknown address and a
 * wrong password are one refusal, after the same work; who has the password of a registration learns that its
 * address is not confirmed, whether or not somebody else holds it.
 */
export async function login(
  deps: Deps,
  input: { email: string; password: string },
  client: Client,
): Promise<OpenedSession | MfaRequired | Refused<LoginRefusal>> {
  const digests = addressDigests(deps.keyring, normaliseEmail(input.email) ?? input.email)
  // Both are asked always: the number of queries does not tell what is known either.
  const [holder, [pending]] = await Promise.all([
    findHolder(deps.db.primary, digests),
    findPending(deps.db.primary, digests, 1),
  ])
  const pace = `login:${digests[0]?.digest.toString('base64url')}:${await paceOf(deps, holder?.id, client)}`
  const waitMs = await deps.throttle.attempt(pace)
  if (waitMs > 0) return refused('too_many_requests', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
  const right = await deps.passwords.verify(input.password, holder?.password_hash ?? null)
  if (!right || !holder) {
    // Asked for a taken address too, and the count stands: a registration of one's own does not clear it.
    const waits = await deps.passwords.verify(input.password, pending?.password_hash ?? null)
    return refused(waits ? 'email_not_confirmed' : 'invalid_credentials')
  }
  await deps.throttle.clear(pace)
  const memberId = fromUuid('mem', holder.id)
  const expected = await methodsOf(deps, deps.db.primary, memberId, client)
  if (expected.includes('email') && !(await mailAllowed(deps, memberId, 'login_code'))) {
    return refused('too_many_requests', { retryAfterSeconds: 600 })
  }
  return deps.db.primary.transaction().execute(async (trx) => {
    const locked = await lockAccount(trx, memberId)
    // The password may have been changed while it was being checked.
    if (locked?.status !== 'active' || locked.password_hash !== holder.password_hash) {
      return refused('invalid_credentials')
    }
    // Asked again under the lock: a second factor may have been turned on, a first sign-in have come before.
    const methods = await methodsOf(deps, trx, memberId, client)
    if (methods.length === 0) {
      return openSession(trx, deps, locked, client, { amr: passwordProof, trustDevice: false })
    }
    return { challengeId: await openChallenge(trx, deps, memberId, methods), methods }
  })
}

async function methodsOf(
  deps: Deps,
  db: Kysely<Database>,
  memberId: MemberId,
  client: Client,
): Promise<SecondFactor[]> {
  const { known, trusted } = await recogniseDevice(db, memberId, client.deviceToken, deps.clock())
  return methodsFor({ totp: await isTotpOn(db, memberId), known, trusted })
}

/** Which second factors are asked for; none when the password is enough here. */
export function methodsFor(what: { totp: boolean; known: boolean; trusted: boolean }): SecondFactor[] {
  if (what.totp) return what.trusted ? [] : ['totp', 'recovery']
  return what.known ? [] : ['email']
}
