import type { MemberId } from '@accord/contracts/id'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { codeDigests } from '../keyed-code.ts'
import { stepOfCode } from './code.ts'
import { normaliseRecoveryCode } from './recovery-code.ts'
import { lockSeed, updateSeed, useRecoveryCode } from './store.ts'

/** Accepts a code of the member's authenticator, once. */
export async function acceptTotp(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'envelope' | 'clock'>,
  memberId: MemberId,
  code: string,
): Promise<boolean> {
  const row = await lockSeed(trx, memberId)
  if (!row || row.confirmed_at === null) return false
  const seed = await deps.envelope.decrypt(trx, sealedSeed(memberId), row.seed_sealed)
  const step = await stepOfCode(seed, code, row.last_step, deps.clock())
  if (step === null) return false
  await updateSeed(trx, memberId, { last_step: step })
  return true
}

/** Accepts one of the member's recovery codes, once. */
export function acceptRecoveryCode(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'keyring' | 'clock'>,
  memberId: MemberId,
  code: string,
): Promise<boolean> {
  const digests = codeDigests(deps.keyring, 'recovery-code', memberId, normaliseRecoveryCode(code))
  return useRecoveryCode(trx, memberId, digests, deps.clock())
}

/** Where a member's seed is sealed. */
export function sealedSeed(memberId: MemberId) {
  return { owner: memberId, table: 'totp_seeds', column: 'seed', row: memberId }
}
