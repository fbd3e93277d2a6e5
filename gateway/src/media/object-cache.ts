import type { ObjectStore } from '@nats-io/obj'
import { LRUCache } from 'lru-cache'
import { readObject } from '../bucket/read-object.ts'
import { sniffImageType } from './image-type.ts'

export interface MediaObject {
  bytes: Uint8Array<ArrayBuffer>
  type: string
  /** Strong validator: the object's own SHA-256. */
  etag: string
}

/** Reads a media object; null when there is none. Throws AppError `unavailable`. */
export type ReadMedia = (name: string) => Promise<MediaObject | null>

/**
 * Media objects never change under their name, so what was read once may stay in memory, the least used going
 * first past `maxBytes`. Many requests for one object read it once.
 */
export function createReadMedia(media: ObjectStore, maxBytes: number): ReadMedia {
  const cache =
    maxBytes === 0
      ? null
      : new LRUCache<string, MediaObject>({
          maxSize: maxBytes,
          sizeCalculation: ({ bytes }) => bytes.length + 256,
        })
  const reading = new Map<string, Promise<MediaObject | null>>()

  return async (name) => {
    const known = cache?.get(name)
    if (known !== undefined) return known
    const underWay = reading.get(name)
    if (underWay !== undefined) return underWay
    const read = readMedia(media, name).finally(() => reading.delete(name))
    reading.set(name, read)
    const object = await read
    if (object !== null) cache?.set(name, object)
    return object
  }
}

async function readMedia(media: ObjectStore, name: string): Promise<MediaObject | null> {
  const found = await readObject(media, name)
  if (found === null) return null
  const { bytes, info } = found
  return { bytes, type: sniffImageType(bytes), etag: `"${info.digest.replace('SHA-256=', '')}"` }
}
