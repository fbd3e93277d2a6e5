/** Bounded concurrency with a bounded queue. */
export interface Limit {
  /** Whether there is room: when not, refuse at once instead of letting work pile up. */
  tryEnter(run: () => void): boolean
  /** Ends one piece of work; the longest waiting starts. */
  leave(): void
  /** At work and waiting. */
  size(): number
  /** Resolves once nothing is at work or waiting. */
  idle(): Promise<void>
}

/** `active` pieces of work at a time and `waiting` more in the queue. */
export function createLimit(active: number, waiting: number): Limit {
  const queue: (() => void)[] = []
  let busy = 0
  let onIdle: (() => void)[] = []
  return {
    tryEnter(run) {
      if (busy < active) {
        busy += 1
        run()
        return true
      }
      if (queue.length >= waiting) return false
      queue.push(run)
      return true
    },
    leave() {
      const next = queue.shift()
      if (next) return next()
      busy -= 1
      if (busy > 0) return
      for (const resolve of onIdle) resolve()
      onIdle = []
    },
    size: () => busy + queue.length,
    idle: () => (busy === 0 ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
  }
}
