import type { MediaStore } from '@accord/svc-identity/photo/media-store'
import { type PreparedPhoto, preparePhoto } from '@accord/svc-identity/photo/pool'
import { drawPortrait } from './portrait.ts'
import { portraitCount } from './seed.ts'

/** Draws the portraits and puts them into the media bucket, as uploads would be; all demo members share them. */
export async function portraitPool(media: MediaStore): Promise<PreparedPhoto[]> {
  return Promise.all(
    Array.from({ length: portraitCount }, async (_, number) =>
      preparePhoto(media, await drawPortrait(number)),
    ),
  )
}
