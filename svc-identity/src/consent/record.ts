import { type MemberId, toUuid } from '@accord/contracts/id'
import type { Clock } from '@accord/kit/clock'
import type { Insertable, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import { type ConsentKind, consentKinds, consentVersions } from './rules.ts'
import type { ConsentsTable } from './tables.ts'

/** Notes what a member agreed to or took back at this moment, in the present version of each text. */
export async function recordConsents(
  trx: Transaction<Database>,
  memberId: MemberId,
  given: Partial<Record<ConsentKind, boolean>>,
  clock: Clock,
): Promise<void> {
  const rows = consentRows(memberId, given, clock())
  if (rows.length > 0) await trx.insertInto('consents').values(rows).execute()
}

export function consentRows(
  memberId: MemberId,
  given: Partial<Record<ConsentKind, boolean>>,
  now: Date,
): Insertable<ConsentsTable>[] {
  return consentKinds.flatMap((kind) => {
    const granted = given[kind]
    return granted === undefined
      ? []
      : [{ member_id: toUuid(memberId), kind, version: consentVersions[kind], granted, recorded_at: now }]
  })
}
