import { defaultPageLimit, type Page } from '@accord/contracts/page'
import { AppError } from '../error.ts'

export type CursorValue = string | number

/** An opaque cursor for these sort values: base64url of JSON. It is no secret, and never trusted. */
export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The sort values in a cursor. Throws AppError `validation_failed` for anything that is none of ours. */
export function decodeCursor(text: string): CursorValue[] {
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    values = null
  }
  if (Array.isArray(values) && values.length > 0 && values.every(isCursorValue)) return values
  throw noneOfOurs()
}

/**
 * The place in a list by time and then id, from a cursor that was made of `[time.toISOString(), id]`; `isOurs` says
 * which ids the list has. Throws AppError `validation_failed` for anything else: a cursor is what the client says,
 * and JavaScript reads and has dates that Postgres refuses.
 */
export function decodeTimeCursor<I extends string>(
  text: string,
  isOurs: (id: string) => id is I,
): { time: Date; id: I } {
  const [time, id] = decodeCursor(text)
  const parsed = typeof time === 'string' && isoTime.test(time) ? new Date(time) : new Date(Number.NaN)
  // Only a day that exists is written as it was read.
  const exists = parsed.getTime() >= 0 && parsed.toISOString() === time
  if (exists && typeof id === 'string' && isOurs(id)) return { time: parsed, id }
  throw noneOfOurs()
}

/**
 * The page of a list whose store was asked for `limit + 1` rows: the one too many says that there is more.
 * `cursorOf` gives the sort values of a row.
 */
export function pageOf<T>(
  rows: readonly T[],
  limit: number | undefined,
  cursorOf: (row: T) => readonly CursorValue[],
): Page<T> {
  const size = limit ?? defaultPageLimit
  const data = rows.slice(0, size)
  const last = data.at(-1)
  const hasNextPage = rows.length > size && last !== undefined
  return {
    data,
    pagination: { hasNextPage, nextCursor: hasNextPage ? encodeCursor(cursorOf(last)) : null, limit: size },
  }
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function noneOfOurs(): AppError {
  return new AppError('validation_failed', {
    fields: [{ path: '/cursor', in: 'query', expected: 'nextCursor of the page before' }],
  })
}

function isCursorValue(value: unknown): value is CursorValue {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
}
