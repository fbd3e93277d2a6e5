import type { CursorValue } from '@accord/kit/http/cursor'

const latest = Date.UTC(9999, 11, 31)

/**
 * The time in a cursor, or null for anything that is none of ours: a cursor is what the client says, and
 * JavaScript has dates that Postgres refuses.
 */
export function cursorTime(value: CursorValue | undefined): Date | null {
  const time = new Date(value ?? Number.NaN)
  return time.getTime() >= 0 && time.getTime() <= latest ? time : null
}
