import { fromUuid } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import { lockAccount } from '../account/store.ts'
import type { Deps } from '../deps.ts'
import { type ChallengeId, findChallenge, tryCode } from './challenge.ts'
import type { Client } from './client.ts'
import { type OpenedSession, openSession } from './open.ts'
import { paceOf } from './pace.ts'
import { proofs } from './proof.ts'
import type { SecondFactor } from './tables.ts'

export interface MfaAnswer {
  challengeId: ChallengeId
  method: SecondFactor
  code: string
  /** Do not ask for the second factor here for a while. */
  trustDevice?: boolean
}

export type MfaRefusal = 'challenge_invalid' | 'code_invalid' | 'too_many_requests'

/** Finishes a sign-in with its second factor. Tries are counted for the challenge, and paced for the member. */
export async function completeMfa(
  deps: Deps,
  input: MfaAnswer,
  client: Client,
): Promise<OpenedSession | Refused<MfaRefusal>> {
  const found = await findChallenge(deps.db.primary, input.challengeId, deps.clock())
  if (!found?.methods.includes(input.method)) return refused('challenge_invalid')
  const pace = `mfa:${found.member_id}:${await paceOf(deps, found.member_id, client)}`
  const waitMs = await deps.throttle.attempt(pace)
  if (waitMs > 0) return refused('too_many_requests', { retryAfterSeconds: Math.ceil(waitMs / 1000) })

  const result = await deps.db.primary.transaction().execute(async (trx) => {
    // The lock on the account makes tries of one member come one after another; then the challenge is read again.
    const account = await lockAccount(trx, fromUuid('mem', found.member_id))
    const challenge = await findChallenge(trx, input.challengeId, deps.clock())
    if (!challenge || account?.status !== 'active') return refused('challenge_invalid')
    if (!(await tryCode(trx, deps, challenge, input.method, input.code))) return refused('code_invalid')
    const trustDevice = input.trustDevice === true
    return openSession(trx, deps, account, client, { amr: proofs[input.method], trustDevice })
  })
  if (!('refused' in result)) await deps.throttle.clear(pace)
  return result
}
