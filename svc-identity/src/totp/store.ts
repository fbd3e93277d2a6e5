import { type MemberId, toUuid } from '@accord/contracts/id'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { TotpSeedsTable } from './tables.ts'

export type TotpSeed = Selectable<TotpSeedsTable>

/** Whether a member has a second factor that counts; one whose enrolment is not finished does not. */
export async function isTotpOn(db: Kysely<Database>, memberId: MemberId): Promise<boolean> {
  const row = await db
    .selectFrom('totp_seeds')
    .select('confirmed_at')
    .where('member_id', '=', toUuid(memberId))
    .executeTakeFirst()
  return row !== undefined && row.confirmed_at !== null
}

/** The seed's row, locked: of two uses of one code the second sees the first's step. */
export function lockSeed(trx: Transaction<Database>, memberId: MemberId): Promise<TotpSeed | undefined> {
  return trx
    .selectFrom('totp_seeds')
    .selectAll()
    .where('member_id', '=', toUuid(memberId))
    .forUpdate()
    .executeTakeFirst()
}

/** Begins an enrolment, in place of one that was never finished. */
export async function putSeed(
  trx: Transaction<Database>,
  memberId: MemberId,
  sealed: Buffer,
  now: Date,
): Promise<void> {
  const fresh = { seed_sealed: sealed, created_at: now, attempts: 0, last_step: null }
  await trx
    .insertInto('totp_seeds')
    .values({ member_id: toUuid(memberId), ...fresh })
    .onConflict((conflict) =>
      conflict.column('member_id').doUpdateSet(fresh).where('totp_seeds.confirmed_at', 'is', null),
    )
    .execute()
}

export async function updateSeed(
  trx: Transaction<Database>,
  memberId: MemberId,
  change: Partial<Pick<TotpSeed, 'attempts' | 'last_step' | 'confirmed_at'>>,
): Promise<void> {
  await trx.updateTable('totp_seeds').set(change).where('member_id', '=', toUuid(memberId)).execute()
}

/** Removes the second factor and its recovery codes. */
export async function deleteTotp(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  await trx.deleteFrom('totp_seeds').where('member_id', '=', toUuid(memberId)).execute()
  await trx.deleteFrom('recovery_codes').where('member_id', '=', toUuid(memberId)).execute()
}

/** Writes the recovery codes, in place of any before. */
export async function putRecoveryCodes(
  trx: Transaction<Database>,
  memberId: MemberId,
  digests: readonly Buffer[],
  now: Date,
): Promise<void> {
  const member_id = toUuid(memberId)
  await trx.deleteFrom('recovery_codes').where('member_id', '=', member_id).execute()
  await trx
    .insertInto('recovery_codes')
    .values(digests.map((code_digest) => ({ member_id, code_digest, created_at: now })))
    .execute()
}

/** Uses a recovery code up; false when there is none of these digests left. */
export async function useRecoveryCode(
  trx: Transaction<Database>,
  memberId: MemberId,
  digests: readonly Buffer[],
  now: Date,
): Promise<boolean> {
  const used = await trx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('member_id', '=', toUuid(memberId))
    .where('code_digest', 'in', digests)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}
