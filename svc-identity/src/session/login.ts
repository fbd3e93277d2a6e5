import { fromUuid, type MemberId } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Kysely, Selectable } from 'kysely'
import { normaliseEmail } from '../account/email-address.ts'
import { addressDigests, findHolder, findPending, lockAccount } from '../account/store.ts'
import type { AccountsTable } from '../account/tables.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { recogniseDevice } from '../device/recognise.ts'
import { findDevice } from '../device/store.ts'
import { mailAllowed } from '../mail/request.ts'
import { hashToken } from '../opaque-token.ts'
import { isTotpOn } from '../totp/store.ts'
import { type ChallengeId, openChallenge } from './challenge.ts'
import type { Client } from './client.ts'
import { type OpenedSession, openSession } from './open.ts'
import type { SecondFactor } from './tables.ts'

type Account = Selectable<AccountsTable>

export interface MfaRequired {
  challengeId: ChallengeId
  methods: SecondFactor[]
}

export type LoginRefusal = 'invalid_credentials' | 'email_not_confirmed' | 'too_many_requests'

/**
 * Signs in with address and password: a session, or a challenge for the second factor. An unknown address and a
 * wrong password are one refusal, after the same work; who has the password learns that the address is not
 * confirmed.
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
  const account = holder ?? pending
  const pace = `login:${digests[0]?.digest.toString('base64url')}:${await paceOf(deps, account, client)}`
  const waitMs = await deps.throttle.attempt(pace)
  if (waitMs > 0) return refused('too_many_requests', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
  const right = await deps.passwords.verify(input.password, account?.password_hash ?? null)
  if (!right || !account) return refused('invalid_credentials')
  await deps.throttle.clear(pace)
  if (account.status === 'pending') return refused('email_not_confirmed')
  const memberId = fromUuid('mem', account.id)
  const expected = await methodsOf(deps, deps.db.primary, memberId, client)
  if (expected.includes('email') && !(await mailAllowed(deps, memberId, 'login_code'))) {
    return refused('too_many_requests', { retryAfterSeconds: 600 })
  }
  return deps.db.primary.transaction().execute(async (trx) => {
    const locked = await lockAccount(trx, memberId)
    // The password may have been changed while it was being checked.
    if (locked?.status !== 'active' || locked.password_hash !== account.password_hash) {
      return refused('invalid_credentials')
    }
    // Asked again under the lock: a second factor may have been turned on, a first sign-in have come before.
    const methods = await methodsOf(deps, trx, memberId, client)
    if (methods.length === 0) {
      return openSession(trx, deps, locked, client, { amr: ['pwd'], trustDevice: false })
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

/**
 * Guesses on devices of the member's own are counted apart from all others: somebody who guesses from
 * elsewhere does not slow the owner down.
 */
async function paceOf(deps: Deps, account: Account | undefined, client: Client): Promise<string> {
  if (client.deviceToken === null) return 'elsewhere'
  const memberId = fromUuid('mem', account?.id ?? nobody)
  const device = await findDevice(deps.db.primary, memberId, hashToken(client.deviceToken))
  return device?.id ?? 'elsewhere'
}

const nobody = '00000000-0000-0000-0000-000000000000'
