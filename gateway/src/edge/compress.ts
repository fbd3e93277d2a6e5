import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Below this, what is saved is less than what the work costs. */
const worthwhileBytes = 1024

const brotliAsync = promisify(brotliCompress)
const gzipAsync = promisify(gzip)

export type Encoding = 'br' | 'gzip'
/** The better ones first. */
export const encodings: readonly Encoding[] = ['br', 'gzip']

/** The first of the offered encodings that is taken (RFC 9110, 12.5.3), or null: brotli, then gzip unless told. */
export function negotiateEncoding(
  acceptEncoding: string | null,
  offered: readonly Encoding[] = encodings,
): Encoding | null {
  if (acceptEncoding === null) return null
  const taken = new Map(
    acceptEncoding
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
        const q = parameters.find((parameter) => parameter.startsWith('q='))
        return [name, q === undefined ? 1 : Number(q.slice(2))]
      }),
  )
  const accepts = (name: Encoding) => (taken.get(name) ?? taken.get('*') ?? 0) > 0
  return offered.find(accepts) ?? null
}

/** The body in an encoding that the client takes, off the event loop; null when it had better stay as it is. */
export async function compress(
  body: Uint8Array,
  acceptEncoding: string | null,
): Promise<{ encoding: Encoding; body: Uint8Array<ArrayBuffer> } | null> {
  if (body.length < worthwhileBytes) return null
  const encoding = negotiateEncoding(acceptEncoding)
  if (encoding === null) return null
  const packed =
    encoding === 'br'
      ? await brotliAsync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : await gzipAsync(body, { level: 5 })
  return packed.length < body.length ? { encoding, body: new Uint8Array(packed) } : null
}
