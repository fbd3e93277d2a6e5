import { AppError } from '@accord/kit/error'
import type { ObjectInfo, ObjectStore } from '@nats-io/obj'

const timeoutMs = 4000

/**
 * Reads an object whole; null when there is none. Throws AppError `unavailable` when that fails or takes more
 * than four seconds: the client itself would wait without an end when NATS goes away in the middle.
 */
export async function readObject(
  store: ObjectStore,
  name: string,
): Promise<{ info: ObjectInfo; bytes: Uint8Array<ArrayBuffer> } | null> {
  let timer: Timer | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the object was not read in ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([read(store, name), deadline])
  } catch (cause) {
    throw new AppError('unavailable', { cause, retryAfterSeconds: 2 })
  } finally {
    clearTimeout(timer)
  }
}

async function read(store: ObjectStore, name: string) {
  const found = await store.get(name)
  if (found === null) return null
  const bytes = new Uint8Array(await new Response(found.data).arrayBuffer())
  const failure = await found.error
  if (failure) throw failure
  return { info: found.info, bytes }
}
