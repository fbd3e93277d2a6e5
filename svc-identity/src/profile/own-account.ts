import { type MemberId, toUuid } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'

/**
 * Locks the member's account until the transaction ends, so that writes of one member follow each other and
 * none slips past a deletion. `no key`: sessions and other rows that refer to the account are not held up.
 */
export async function lockOwnAccount(
  trx: Transaction<Database>,
  memberId: MemberId,
): Promise<Refused<'account_closed'> | null> {
  const account = await trx
    .selectFrom('accounts')
    .where('id', '=', toUuid(memberId))
    .where('status', '<>', 'closed')
    .select('id')
    .forNoKeyUpdate()
    .executeTakeFirst()
  return account ? null : refused('account_closed')
}
