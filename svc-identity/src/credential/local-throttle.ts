import type { Clock } from '@accord/kit/clock'
import { pace, type Throttle } from './throttle.ts'

const mostKeys = 10_000

/** The same rules in this process's memory: what is left when Redis is away. */
export function createLocalThrottle(clock: Clock): Throttle {
  const tries = new Map<string, { count: number; till: number }>()
  const counts = new Map<string, number>()

  return {
    async attempt(key) {
      const now = clock().getTime()
      const known = tries.get(key) ?? { count: 0, till: 0 }
      if (known.till > now) return known.till - now
      const count = known.count + 1
      const over = count - pace.free
      const wait = over > 0 ? Math.min(pace.firstWaitMs * 2 ** Math.min(over - 1, 30), pace.longestWaitMs) : 0
      remember(tries, key, { count, till: now + wait })
      return 0
    },
    async clear(key) {
      tries.delete(key)
    },
    async allow(key, { most, windowMs }) {
      const window = `${key}:${Math.floor(clock().getTime() / windowMs)}`
      const count = (counts.get(window) ?? 0) + 1
      remember(counts, window, count)
      return count <= most
    },
  }
}

/** Keeps the keys that were used last. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  if (map.size > mostKeys) {
    const [oldest] = map.keys()
    if (oldest !== undefined) map.delete(oldest)
  }
}
