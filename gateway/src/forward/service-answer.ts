import type { WireResponse } from '@accord/kit/http/wire'
import type { Answer } from '../edge/answer.ts'
import { compress } from '../edge/compress.ts'
import { matchesTag, weakTag } from '../edge/conditional.ts'
import type { Operation } from '../route/operation.ts'

/** What a service may not decide: framing, connection, and what stands for the whole origin. */
const notForServices: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-security-policy',
  'keep-alive',
  'set-cookie',
  'strict-transport-security',
  'transfer-encoding',
  'upgrade',
])

/**
 * Makes the HTTP answer of a service's: validators and compression for JSON that was read, cookies if allowed.
 * `headers` are those that it begins with; the answer's are added to them.
 */
export async function answerOf(
  operation: Operation,
  wire: WireResponse,
  requestHeaders: Headers,
  headers: Record<string, string>,
): Promise<Answer> {
  for (const name in wire.headers) {
    const lower = name.toLowerCase()
    const value = wire.headers[name]
    if (value !== undefined && !notForServices.has(lower)) headers[lower] = value
  }
  if (wire.contentType !== undefined) headers['content-type'] = wire.contentType
  const answer: Answer = {
    status: wire.status,
    headers,
    body: wire.body.length === 0 ? null : (wire.body as Uint8Array<ArrayBuffer>),
    policy: 'api',
  }
  if (operation.rules.setsCookies && wire.setCookies.length > 0) answer.setCookies = wire.setCookies
  if (wire.status === 401) headers['www-authenticate'] ??= 'Bearer realm="accord"'

  if (operation.method !== 'GET' || wire.status !== 200 || answer.setCookies !== undefined) {
    headers['cache-control'] ??= 'no-store'
    return answer
  }
  // Asked again each time and never shared, so it need not vary by who asks.
  headers['cache-control'] ??= 'private, no-cache'
  const tag = weakTag(wire.body)
  headers.etag = tag
  if (matchesTag(requestHeaders.get('if-none-match'), tag)) {
    delete headers['content-type']
    return { ...answer, status: 304, body: null }
  }
  const packed = isJson(wire.contentType)
    ? await compress(wire.body, requestHeaders.get('accept-encoding'))
    : null
  if (packed !== null) {
    headers['content-encoding'] = packed.encoding
    headers.vary ??= 'Accept-Encoding'
    answer.body = packed.body
  }
  return answer
}

const isJson = (contentType: string | undefined) =>
  contentType !== undefined && (contentType.startsWith('application/json') || contentType.includes('+json'))
