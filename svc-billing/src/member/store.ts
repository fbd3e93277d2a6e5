import { type MemberId, toUuid } from '@accord/contracts/id'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db.ts'

export async function noteDeparture(trx: Transaction<Database>, memberId: MemberId, at: Date): Promise<void> {
  await trx
    .insertInto('departed_members')
    .values({ member_id: toUuid(memberId), departed_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function hasDeparted(db: Kysely<Database>, memberId: MemberId): Promise<boolean> {
  const row = await db
    .selectFrom('departed_members')
    .select('member_id')
    .where('member_id', '=', toUuid(memberId))
    .executeTakeFirst()
  return row !== undefined
}
