import { uploadReferenceType } from '@accord/contracts/operation'
import { AppError } from '../error.ts'
import type { Declared } from './operations.ts'
import { assertStorable } from './storable.ts'

const json = 'application/json'

/**
 * The parsed body of a request, or undefined when there is none. JSON only, by its declared content type;
 * a webhook gets the bytes as they came. Throws AppError `unsupported_media_type`, `payload_too_large`,
 * `malformed_request`, or `validation_failed` for fields sent to an operation that takes none and for text that
 * cannot be stored.
 */
export function parseBody(
  { detail, takesBody }: Declared,
  contentType: string | null,
  body: Uint8Array,
): unknown {
  const { access, maxBodyBytes, upload } = detail['x-accord']
  if (body.length > maxBodyBytes) throw new AppError('payload_too_large')
  if (access === 'webhook') return body
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (body.length === 0 && type === '') return undefined
  if (type !== (upload ? uploadReferenceType : json)) {
    throw new AppError('unsupported_media_type', { detail: `Send the body as ${json}.` })
  }
  if (body.length === 0) return undefined
  const value = parseJson(body)
  assertStorable(value)
  if (!takesBody && !isEmpty(value)) {
    throw new AppError('validation_failed', { fields: [{ path: '', in: 'body', expected: 'no body' }] })
  }
  return value
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    throw new AppError('malformed_request', { detail: 'The body is not valid JSON.' })
  }
}

/** Clients that always send JSON send `{}` where there is nothing to say. */
function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}

/** Fatal: bytes that are no UTF-8 are refused instead of becoming replacement characters. */
const decoder = new TextDecoder('utf-8', { fatal: true })
