import { AppError } from '@accord/kit/error'

const nothing = new Uint8Array()

/**
 * Reads a body of at most `limit` bytes. Throws AppError `payload_too_large` as soon as more is announced or
 * has come, `malformed_request` when it ends before its announced length, `unsupported_media_type` for one that
 * is compressed.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  if (request.body === null) return nothing
  refuseEncoded(request.headers)
  const announced = announcedLength(request.headers)
  if (announced !== null) {
    if (announced > limit) throw new AppError('payload_too_large')
    // The HTTP parser hands over no more than was announced.
    return new Uint8Array(await whole(request))
  }
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body) {
    size += part.length
    if (size > limit) throw new AppError('payload_too_large')
    parts.push(part)
  }
  return Buffer.concat(parts, size)
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

async function whole(request: Request): Promise<ArrayBuffer> {
  try {
    return await request.arrayBuffer()
  } catch (cause) {
    throw new AppError('malformed_request', { cause })
  }
}
