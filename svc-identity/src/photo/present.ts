import type { Photo } from '@accord/contracts/call/identity'
import type { Clock } from '@accord/kit/clock'
import { mediaKey, signMediaUrl } from '@accord/kit/media-url'
import type { StoredPhoto } from './load.ts'

/** Gives a stored photo the URLs under which it can be fetched until the end of tomorrow (UTC). */
export type PresentPhoto = (photo: StoredPhoto) => Photo

export function createPhotoPresenter(deps: {
  clock: Clock
  config: { MEDIA_SIGNING_KEY: string }
}): PresentPhoto {
  const key = mediaKey(deps.config.MEDIA_SIGNING_KEY)
  return ({ id, width, height, thumbhash, variants }) => ({
    id,
    width,
    height,
    thumbhash,
    variants: variants.map(({ name, ...variant }) => ({
      ...variant,
      url: signMediaUrl({ key, name, now: deps.clock() }),
    })),
  })
}
