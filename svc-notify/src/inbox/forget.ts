import { type MemberId, toUuid } from '@accord/contracts/id'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'

/** Removes everything that is kept about a member who left. */
export async function forgetMember(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  for (const table of ['notifications', 'preferences', 'mails'] as const) {
    await trx.deleteFrom(table).where('member_id', '=', toUuid(memberId)).execute()
  }
}
