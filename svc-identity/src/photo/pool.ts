import { isRefused } from '@accord/kit/error'
import type { StoredPhoto } from './load.ts'
import { type MediaStore, newMediaName } from './media-store.ts'
import { renderPhoto } from './render.ts'
import type { StoredVariant } from './tables.ts'

/** A photo whose objects stand in the bucket already, for any number of profiles. */
export type PreparedPhoto = Omit<StoredPhoto, 'id'>

/**
 * Renders a picture once, for many demo profiles. Its objects are shared: they stay when one of the profiles
 * removes the photo. Throws when the picture would be refused as an upload.
 */
export async function preparePhoto(media: MediaStore, picture: Uint8Array): Promise<PreparedPhoto> {
  const rendered = await renderPhoto(picture)
  if (isRefused(rendered)) throw new Error(`the picture cannot be used: ${rendered.detail}`)
  const variants: StoredVariant[] = []
  for (const { type, width, height, bytes } of rendered.renditions) {
    const name = newMediaName(type, { shared: true })
    await media.putMedia(name, bytes)
    variants.push({ name, width, height, type })
  }
  const { width, height, thumbhash } = rendered
  return { width, height, thumbhash, variants }
}
