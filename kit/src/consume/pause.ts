/** Holds a consumer's work while a dependency is away. */
export interface Pause {
  /** Resolves once work may go on; rejects with {@link Stopped} after stop(). */
  over(): Promise<void>
  /** A dependency failed: wait, longer each time until it worked again. */
  failed(): void
  worked(): void
  paused(): boolean
  stop(): void
}

export class Stopped extends Error {}

const longestMs = 5_000

export function createPause(): Pause {
  let rounds = 0
  let until = 0
  let stopped = false
  /** Ends the wait of each that waits now. */
  const waiting = new Set<() => void>()
  return {
    async over() {
      while (!stopped) {
        const left = until - performance.now()
        if (left <= 0) return
        await sleepOrWake(left)
      }
      throw new Stopped('the consumer is stopping')
    },
    failed() {
      // Several in hand fail together: that is one round.
      if (performance.now() < until) return
      until = performance.now() + Math.min(250 * 2 ** rounds, longestMs) * (0.8 + Math.random() * 0.4)
      rounds = Math.min(rounds + 1, 10)
    },
    worked() {
      rounds = 0
    },
    paused: () => performance.now() < until,
    stop() {
      stopped = true
      for (const end of waiting) end()
    },
  }

  function sleepOrWake(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        waiting.delete(end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      waiting.add(end)
    })
  }
}
