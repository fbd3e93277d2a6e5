const dayMs = 24 * 60 * 60_000

/** The day that likes are counted by, `YYYY-MM-DD` in UTC. */
export function utcDay(now: Date): string {
  return now.toISOString().slice(0, 10)
}

/** The midnight, UTC, at which the count starts anew. */
export function dayEnd(now: Date): Date {
  return new Date((Math.floor(now.getTime() / dayMs) + 1) * dayMs)
}

/** Likes left of a daily limit; null is without limit. A limit that was lowered leaves none, not fewer. */
export function likesLeft(dailyLikes: number | null, used: number): number | null {
  return dailyLikes === null ? null : Math.max(0, dailyLikes - used)
}
