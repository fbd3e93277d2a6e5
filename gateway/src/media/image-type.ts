/** What the bytes themselves say they are. Anything but the two formats that are rendered is never shown inline. */
export function sniffImageType(bytes: Uint8Array): string {
  const at = (offset: number, text: string) =>
    [...text].every((letter, index) => bytes[offset + index] === letter.charCodeAt(0))
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'image/webp'
  if (at(4, 'ftypavif') || at(4, 'ftypavis') || at(4, 'ftypmif1')) return 'image/avif'
  return 'application/octet-stream'
}
