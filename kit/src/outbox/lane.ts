import { laneCount } from '../db/tables.ts'

/** Channel that a commit with outbox rows notifies; the payload is the lane. */
export const outboxChannel = 'outbox'

/** The lane of an aggregate: FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) over its text. */
export function laneOf(aggregate: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < aggregate.length; at++) {
    hash = Math.imul(hash ^ aggregate.charCodeAt(at), 0x01000193)
  }
  return (hash >>> 0) % laneCount
}
