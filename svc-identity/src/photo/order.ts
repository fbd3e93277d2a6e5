import { fromUuid, type MemberId, type PhotoId, toUuid } from '@accord/contracts/id'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import { sql } from 'kysely'
import { lockOwnAccount } from '../profile/own-account.ts'
import type { PhotoDeps } from './upload.ts'

/** Puts the photos into this order. It must name every photo of the member once, and no other. */
export async function orderPhotos(
  deps: PhotoDeps,
  memberId: MemberId,
  photoIds: readonly PhotoId[],
): Promise<Refused<'account_closed' | 'conflict'> | null> {
  const refusal = await deps.db.primary.transaction().execute(async (trx) => {
    const closed = await lockOwnAccount(trx, memberId)
    if (closed) return closed
    const own = await trx
      .selectFrom('photos')
      .where('member_id', '=', toUuid(memberId))
      .select('id')
      .execute()
    const ids = new Set(own.map(({ id }) => fromUuid('pho', id)))
    if (photoIds.length !== ids.size || photoIds.some((id) => !ids.delete(id))) {
      return refused('conflict', {
        detail: 'Name each of your photos once: they may have changed meanwhile.',
      })
    }
    const order = photoIds.map(toUuid)
    await trx
      .updateTable('photos')
      .set({ position: sql<number>`array_position(${order}::uuid[], id) - 1` })
      .where('member_id', '=', toUuid(memberId))
      .execute()
    return null
  })
  if (isRefused(refusal)) return refusal
  await deps.cache.drop('profile', memberId)
  return null
}
