import { type MemberId, type PhotoId, toUuid } from '@accord/contracts/id'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import { emitProfileFacts } from '../profile/facts.ts'
import { lockOwnAccount } from '../profile/own-account.ts'
import { abandonMedia, sweepMedia } from './leftover.ts'
import { namesOf, type PhotoDeps } from './upload.ts'

/** Takes a photo out of the profile, and its objects out of the bucket as soon as that is committed. */
export async function deletePhoto(
  deps: PhotoDeps,
  memberId: MemberId,
  photoId: PhotoId,
): Promise<Refused<'account_closed' | 'not_found'> | null> {
  const refusal = await deps.db.primary.transaction().execute(async (trx) => {
    const closed = await lockOwnAccount(trx, memberId)
    if (closed) return closed
    const photo = await trx
      .deleteFrom('photos')
      .where('member_id', '=', toUuid(memberId))
      .where('id', '=', toUuid(photoId))
      .returning('variants')
      .executeTakeFirst()
    if (!photo) return refused('not_found')
    await abandonMedia(trx, namesOf(photo), deps.clock())
    await emitProfileFacts(trx, memberId, deps)
    return null
  })
  if (isRefused(refusal)) return refusal
  await deps.cache.drop('profile', memberId)
  await sweepMedia(deps)
  return null
}
