import { AppError, isAppError } from '@accord/kit/error'

const nothing = new Uint8Array()
/** Shorter than a drain: nobody can hold one up by sending a byte now and then. */
const wholeBodyMs = 20_000

/**
 * Reads a body of at most `limit` bytes. Throws AppError `payload_too_large` as soon as more is announced or
 * has come, `malformed_request` when it breaks off or is not there after `withinMs`, `unsupported_media_type`
 * for one that is compressed.
 */
export async function readBody(
  request: Request,
  limit: number,
  withinMs: number = wholeBodyMs,
): Promise<Uint8Array> {
  if (request.body === null) return nothing
  refuseEncoded(request.headers)
  const announced = announcedLength(request.headers)
  if (announced !== null && announced > limit) throw new AppError('payload_too_large')
  let timer: Timer | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), withinMs)
  })
  try {
    return await Promise.race([announced === null ? collect(request.body, limit) : whole(request), deadline])
  } catch (cause) {
    throw isAppError(cause) ? cause : new AppError('malformed_request', { cause })
  } finally {
    clearTimeout(timer)
  }
}

/** The declared length, or null for a chunked body. Throws AppError `malformed_request` for one that is no number. */
export function announcedLength(headers: Headers): number | null {
  const text = headers.get('content-length')
  if (text === null) return null
  if (!/^\d{1,15}$/.test(text)) throw new AppError('malformed_request')
  return Number(text)
}

export function refuseEncoded(headers: Headers): void {
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding !== 'identity') {
    throw new AppError('unsupported_media_type', { detail: 'Send the body without Content-Encoding.' })
  }
}

/** The HTTP parser hands over no more than was announced. */
async function whole(request: Request): Promise<Uint8Array> {
  return new Uint8Array(await request.arrayBuffer())
}

const tooSlow = () => new AppError('malformed_request', { detail: 'The body did not come in time.' })

async function collect(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > limit) throw new AppError('payload_too_large')
    parts.push(part)
  }
  return Buffer.concat(parts, size)
}
