import { describe, expect, test } from 'bun:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { compress, negotiateEncoding } from './compress.ts'

const large = new TextEncoder().encode('accord '.repeat(500))

describe('compression', () => {
  test('takes brotli before gzip, and neither where it is not accepted', () => {
    expect(negotiateEncoding('gzip, deflate, br, zstd')).toBe('br')
    expect(negotiateEncoding('gzip')).toBe('gzip')
    expect(negotiateEncoding('br;q=0, gzip;q=0.5')).toBe('gzip')
    expect(negotiateEncoding('*')).toBe('br')
    expect(negotiateEncoding('identity')).toBeNull()
    expect(negotiateEncoding(null)).toBeNull()
  })
  test('gives back the same bytes', async () => {
    const br = await compress(large, 'br')
    const gz = await compress(large, 'gzip')
    expect(br && new Uint8Array(brotliDecompressSync(br.body))).toEqual(large)
    expect(gz && new Uint8Array(gunzipSync(gz.body))).toEqual(large)
  })
  test('leaves a small body as it is', async () => {
    expect(await compress(large.subarray(0, 100), 'br')).toBeNull()
  })
})
