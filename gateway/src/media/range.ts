export type Range = { start: number; end: number }

/**
 * Reads a Range header of bytes (RFC 9110, 14.2) for a body of `size`: the range with both ends inclusive;
 * 'unsatisfiable'; or null when the whole body is to be sent, which is also our answer to several ranges.
 */
export function parseRange(header: string | null, size: number): Range | 'unsatisfiable' | null {
  const match = header === null ? null : /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim())
  if (match === null) return null
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return null
  return start >= size ? 'unsatisfiable' : { start, end }
}
