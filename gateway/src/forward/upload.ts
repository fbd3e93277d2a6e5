import { newId } from '@accord/contracts/id'
import { type UploadRule, uploadReferenceType } from '@accord/contracts/operation'
import { AppError } from '@accord/kit/error'
import type { WireResponse } from '@accord/kit/http/wire'
import type { Logger } from '@accord/kit/log'
import type { ObjectInfo, ObjectStore } from '@nats-io/obj'
import { announcedLength, refuseEncoded } from '../edge/body.ts'

/** Uploads under way at once in one gateway; each holds a chunk in memory. */
const maxAtOnce = 64
/** As many as a profile has photos: slow bodies of one member must not take all the places. */
const maxOfOneAtOnce = 8
const chunkBytes = 128 * 1024
const wholeUploadMs = 60_000
/** Decoding and rendering an image takes its time. */
const serviceMs = 30_000

export interface UploadReferenceBody {
  contentType: string
  body: Uint8Array
  timeoutMs: number
}

export type Upload = (
  rule: UploadRule,
  request: Request,
  owner: string,
  send: (reference: UploadReferenceBody) => Promise<WireResponse>,
) => Promise<WireResponse>

/**
 * Streams a body into the bucket `uploads` and sends the service only what it needs to find it there. Whatever
 * does not end in the service's consent (too large, broken off, refused, failed) leaves no object behind.
 * `owner` is who sends it, for the places that one may have.
 */
export function createUpload(uploads: ObjectStore, log: Logger): Upload {
  let underWay = 0
  const ofOwner = new Map<string, number>()
  return async (rule, request, owner, send) => {
    const type = acceptedType(rule, request.headers)
    const announced = announcedLength(request.headers)
    if (announced !== null && announced > rule.maxBytes) throw new AppError('payload_too_large')
    if (request.body === null || announced === 0) throw emptyBody()
    if (underWay >= maxAtOnce) throw new AppError('unavailable', { retryAfterSeconds: 2 })
    const own = ofOwner.get(owner) ?? 0
    if (own >= maxOfOneAtOnce) throw new AppError('too_many_requests', { retryAfterSeconds: 2 })
    underWay += 1
    ofOwner.set(owner, own + 1)
    try {
      const name = newId('upl')
      const stored = await store(uploads, name, limited(request.body, rule.maxBytes))
      try {
        if (stored.size === 0) throw emptyBody()
        const answer = await send(referenceTo(stored, type))
        if (answer.status >= 400) await remove(uploads, name, log)
        return answer
      } catch (error) {
        await remove(uploads, name, log)
        throw error
      }
    } finally {
      underWay -= 1
      const left = (ofOwner.get(owner) ?? 1) - 1
      if (left === 0) ofOwner.delete(owner)
      else ofOwner.set(owner, left)
    }
  }
}

function acceptedType(rule: UploadRule, headers: Headers): string {
  refuseEncoded(headers)
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!rule.types.includes(type)) {
    throw new AppError('unsupported_media_type', { detail: `Send one of ${rule.types.join(', ')}.` })
  }
  return type
}

function referenceTo(stored: ObjectInfo, type: string): UploadReferenceBody {
  const reference = { object: stored.name, size: stored.size, type, digest: stored.digest }
  return {
    contentType: uploadReferenceType,
    body: new TextEncoder().encode(JSON.stringify(reference)),
    timeoutMs: serviceMs,
  }
}

/** Throws AppError when the body is too large, breaks off, or cannot be stored; the store purges what it had. */
async function store(
  uploads: ObjectStore,
  name: string,
  body: ReadableStream<Uint8Array>,
): Promise<ObjectInfo> {
  try {
    return await uploads.put({ name, options: { max_chunk_size: chunkBytes } }, body)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('unavailable', { cause: error, retryAfterSeconds: 2 })
  }
}

/** The same stream, which fails once it has carried more than `maxBytes` or has taken too long. */
function limited(body: ReadableStream<Uint8Array>, maxBytes: number): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const deadline = performance.now() + wholeUploadMs
  let size = 0
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const part = await reader.read().catch((cause) => {
        throw new AppError('malformed_request', { cause, detail: 'The body broke off.' })
      })
      if (part.done) return controller.close()
      size += part.value.length
      const fault = size > maxBytes ? 'payload_too_large' : performance.now() > deadline ? 'timed_out' : null
      if (fault === null) return controller.enqueue(part.value)
      await reader.cancel().catch(() => undefined)
      throw new AppError(fault)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

/** A leftover would expire by itself after an hour; removing it at once is the better manners. */
async function remove(uploads: ObjectStore, name: string, log: Logger): Promise<void> {
  await uploads.delete(name).catch((error) => log.warn('upload stays behind', { error: String(error) }))
}

const emptyBody = () => new AppError('malformed_request', { detail: 'The body is empty.' })
