export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'avif'

/** The content types that an upload may declare. HEIC is not among them: its codec is patented and not in sharp. */
export const uploadTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const

/** What the bytes are, by their first ones; null for everything that is not accepted. The declared type is not asked. */
export function sniffImage(bytes: Uint8Array): ImageFormat | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp'
  if (ascii(bytes, 4, 8) === 'ftyp' && isAvifBrand(bytes)) return 'avif'
  return null
}

/** The major brand or one of the compatible ones of the first box (ISO 14496-12) must be AVIF's. */
function isAvifBrand(bytes: Uint8Array): boolean {
  const boxSize = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0)
  const end = Math.min(boxSize, bytes.byteLength, 256)
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at === 12) continue // the minor version
    if (ascii(bytes, at, at + 4) === 'avif') return true
  }
  return false
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}
