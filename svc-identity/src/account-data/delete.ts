import { memberDeleted } from '@accord/contracts/event/identity'
import { type MemberId, toUuid } from '@accord/contracts/id'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { abandonMedia, type SweepDeps, sweepMedia } from '../photo/leftover.ts'
import { namesOf } from '../photo/upload.ts'
import { endAllSessionsOf } from '../session/end.ts'

/**
 * Closes an account for good: its rows, its key and its photos go, every session ends, and the other services
 * are told. A second time it does nothing. What the member reported stays for the moderators, without the words.
 */
export async function deleteAccount(
  deps: Pick<Deps, 'db' | 'clock' | 'envelope' | 'cache'> & SweepDeps,
  memberId: MemberId,
): Promise<void> {
  const id = toUuid(memberId)
  const closed = await deps.db.primary.transaction().execute(async (trx) => {
    const account = await trx
      .selectFrom('accounts')
      .where('id', '=', id)
      .select('id')
      .forUpdate()
      .executeTakeFirst()
    if (!account) return false
    await abandonPhotos(trx, id, deps.clock())
    await endAllSessionsOf(trx, deps, memberId, 'account_closed')
    await removeRows(trx, memberId)
    await enqueue(trx, memberDeleted, { aggregateId: memberId, data: {}, actor: memberId, clock: deps.clock })
    await deps.envelope.eraseOwner(trx, memberId)
    return true
  })
  if (!closed) return
  await deps.cache.drop('profile', memberId)
  await sweepMedia(deps)
}

async function abandonPhotos(trx: Transaction<Database>, id: string, now: Date): Promise<void> {
  const photos = await trx.selectFrom('photos').where('member_id', '=', id).select('variants').execute()
  await abandonMedia(trx, photos.flatMap(namesOf), now)
}

/** Everything that refers to the account goes with it; what stands on other members' sides is named here. */
async function removeRows(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  const id = toUuid(memberId)
  await removeOtherSides(trx, id)
  await trx.deleteFrom('accounts').where('id', '=', id).execute()
  await trx.updateTable('reports').set({ text_sealed: null }).where('reporter_id', '=', id).execute()
  await trx.deleteFrom('idempotency_keys').where('actor', '=', memberId).execute()
}

/**
 * The member's blocks as they stand with the others, found by the member's own rows: there is no index on
 * `other_id`. Before the own rows, as in taking a block back, so that the two do not deadlock.
 */
async function removeOtherSides(trx: Transaction<Database>, id: string): Promise<void> {
  const others = trx.selectFrom('blocks').where('member_id', '=', id).select('other_id')
  await trx.deleteFrom('blocks').where('member_id', 'in', others).where('other_id', '=', id).execute()
}
