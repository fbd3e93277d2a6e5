import { randomBytes } from 'node:crypto'
import { objectBuckets } from '@accord/contracts/stream'
import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { type ObjectStore, Objm } from '@nats-io/obj'
import { TimeoutStrategy, timeout } from 'cockatiel'

/** Where the gateway has put an upload. */
export interface UploadLocation {
  object: string
  size: number
  digest: string
}

/** The two object buckets that photos go through. Every wait ends after 15 s. */
export interface MediaStore {
  /** The bytes of an upload, or null when it is gone or is not what was announced. */
  readUpload(upload: UploadLocation, maxBytes: number): Promise<Uint8Array | null>
  removeUpload(name: string): Promise<void>
  putMedia(name: string, bytes: Uint8Array): Promise<void>
  /** Removing what is not there is fine. */
  removeMedia(name: string): Promise<void>
}

/** Objects that many profiles share (a pool of prepared portraits) are never removed with a photo. */
export const sharedPrefix = 'shared-'

/** A name that nobody can guess: 128 random bits. */
export function newMediaName(type: 'image/avif' | 'image/webp', options: { shared?: boolean } = {}): string {
  const extension = type === 'image/avif' ? 'avif' : 'webp'
  return `${options.shared ? sharedPrefix : ''}${randomBytes(16).toString('base64url')}.${extension}`
}

const patience = timeout(15_000, TimeoutStrategy.Aggressive)

export function createMediaStore(nats: NatsConnection): MediaStore {
  // No look at the account's limits: services may not ask for them.
  const manager = new Objm(jetstream(nats, { checkAPI: false }))
  const opened = new Map<string, Promise<ObjectStore>>()

  function bucket(name: string): Promise<ObjectStore> {
    const known = opened.get(name)
    if (known) return known
    const opening = manager.open(name, false)
    opened.set(name, opening)
    opening.catch(() => opened.delete(name))
    return opening
  }
  const uploads = () => bucket(objectBuckets.uploads.name)
  const media = () => bucket(objectBuckets.media.name)

  return {
    readUpload: (upload, maxBytes) =>
      patience.execute(async () => readUpload(await uploads(), upload, maxBytes)),
    async removeUpload(name) {
      await patience.execute(async () => (await uploads()).delete(name))
    },
    async putMedia(name, bytes) {
      await patience.execute(async () => (await media()).putBlob({ name }, bytes))
    },
    async removeMedia(name) {
      await patience.execute(async () => (await media()).delete(name))
    },
  }
}

async function readUpload(
  store: ObjectStore,
  upload: UploadLocation,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const found = await store.get(upload.object)
  if (!found) return null
  const { size, digest } = found.info
  if (size !== upload.size || digest !== upload.digest || size > maxBytes) {
    await found.data.cancel()
    return null
  }
  // Reading fails when the bytes do not have the digest that was compared above.
  return new Uint8Array(await new Response(found.data).arrayBuffer())
}
