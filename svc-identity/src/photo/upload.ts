import { type MemberId, newId, toUuid } from '@accord/contracts/id'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import { once } from '@accord/kit/idempotency/once'
import type { Insertable, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { emitProfileFacts } from '../profile/facts.ts'
import { lockOwnAccount } from '../profile/own-account.ts'
import { abandonMedia, expectMedia, keepMedia, sweepMedia } from './leftover.ts'
import type { StoredPhoto } from './load.ts'
import { type MediaStore, newMediaName, type UploadLocation } from './media-store.ts'
import { photoLimits, type RenderedPhoto } from './render.ts'
import type { RenderQueue } from './render-queue.ts'
import type { PhotosTable, StoredVariant } from './tables.ts'

export const maxPhotos = 9

export interface PhotoUpload {
  memberId: MemberId
  upload: UploadLocation
  idempotencyKey: string | null
}

export type UploadRefusal =
  | 'photo_invalid'
  | 'photo_limit_reached'
  | 'account_closed'
  | 'unavailable'
  | 'idempotency_key_reused'
  | 'request_in_flight'

export interface PhotoDeps extends Pick<Deps, 'db' | 'cache' | 'redis' | 'clock' | 'log'> {
  media: MediaStore
}

/**
 * Makes a photo of an upload: decoded, rendered, stored under new names, and only then added to the profile,
 * in one transaction with its facts. The upload itself is gone afterwards, whatever came of it.
 */
export async function uploadPhoto(
  deps: PhotoDeps & { render: RenderQueue },
  { memberId, upload, idempotencyKey }: PhotoUpload,
): Promise<StoredPhoto | Refused<UploadRefusal>> {
  try {
    if ((await countPhotos(deps.db.primary, memberId)) >= maxPhotos && idempotencyKey === null)
      return refused('photo_limit_reached')
    const rendered = await deps.render(() => deps.media.readUpload(upload, photoLimits.uploadBytes))
    if (isRefused(rendered)) return rendered
    const photo = await putRenditions(deps, rendered)
    return await addPhoto(deps, memberId, photo, { key: idempotencyKey, upload })
  } finally {
    await deps.media.removeUpload(upload.object).catch((error) => {
      deps.log.warn('an upload waits for its expiry', { error: String(error) })
    })
  }
}

async function putRenditions(deps: PhotoDeps, rendered: RenderedPhoto): Promise<StoredPhoto> {
  const named = rendered.renditions.map((rendition) => ({ ...rendition, name: newMediaName(rendition.type) }))
  await expectMedia(
    deps.db.primary,
    named.map(({ name }) => name),
    deps.clock(),
  )
  await Promise.all(named.map(({ name, bytes }) => deps.media.putMedia(name, bytes)))
  const variants = named.map(
    ({ name, width, height, type }): StoredVariant => ({ name, width, height, type }),
  )
  const { width, height, thumbhash } = rendered
  return { id: newId('pho'), width, height, thumbhash, variants }
}

async function addPhoto(
  deps: PhotoDeps,
  memberId: MemberId,
  photo: StoredPhoto,
  request: { key: string | null; upload: UploadLocation },
): Promise<StoredPhoto | Refused<UploadRefusal>> {
  const answer = await once(
    deps.db.primary,
    {
      actor: memberId,
      operation: 'uploadPhoto',
      key: request.key,
      bodyHash: Buffer.from(request.upload.digest),
      clock: deps.clock,
    },
    async (trx): Promise<StoredPhoto | Refused<UploadRefusal>> => {
      const refusal = await lockOwnAccount(trx, memberId)
      if (refusal) return refusal
      if ((await countPhotos(trx, memberId)) >= maxPhotos) return refused('photo_limit_reached')
      await keepMedia(trx, namesOf(photo))
      await insertPhoto(trx, memberId, photo, deps.clock())
      await emitProfileFacts(trx, memberId, deps)
      return photo
    },
  )
  // Refused, or the answer to an earlier request with this key: what was put just now is in nobody's profile.
  if (isRefused(answer) || answer.id !== photo.id) await discard(deps, photo)
  else await deps.cache.drop('profile', memberId)
  return answer
}

async function discard(deps: PhotoDeps, photo: StoredPhoto): Promise<void> {
  await deps.db.primary.transaction().execute((trx) => abandonMedia(trx, namesOf(photo), deps.clock()))
  await sweepMedia(deps)
}

export function namesOf(photo: Pick<StoredPhoto, 'variants'>): string[] {
  return photo.variants.map(({ name }) => name)
}

async function countPhotos(db: Deps['db']['primary'], memberId: MemberId): Promise<number> {
  const { count } = await db
    .selectFrom('photos')
    .where('member_id', '=', toUuid(memberId))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Writes the photo behind those that are there. */
async function insertPhoto(
  trx: Transaction<Database>,
  memberId: MemberId,
  photo: StoredPhoto,
  now: Date,
): Promise<void> {
  const { last } = await trx
    .selectFrom('photos')
    .where('member_id', '=', toUuid(memberId))
    .select(({ fn }) => fn.max('position').as('last'))
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('photos')
    .values(photoRow(memberId, photo, (last ?? -1) + 1, now))
    .execute()
}

export function photoRow(
  memberId: MemberId,
  { id, width, height, thumbhash, variants }: StoredPhoto,
  position: number,
  now: Date,
): Insertable<PhotosTable> {
  return {
    member_id: toUuid(memberId),
    id: toUuid(id),
    position,
    width,
    height,
    thumbhash,
    variants: JSON.stringify(variants),
    created_at: now,
  }
}
