/** Runs work with at most `max` at a time; the rest waits in the order in which it came. */
export interface AtMost {
  run<T>(work: () => Promise<T>): Promise<T>
  /** Lets everything begin at once, what waits and what comes: for ending. */
  lift(): void
}

export function atMost(max: number): AtMost {
  const waiting: (() => void)[] = []
  let limit = max
  let running = 0
  return {
    async run(work) {
      if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
      else running++
      try {
        return await work()
      } finally {
        // The place goes to the next in line, so the count stays.
        const next = waiting.shift()
        if (next) next()
        else running--
      }
    },
    lift() {
      limit = Number.POSITIVE_INFINITY
      running += waiting.length
      for (const begin of waiting.splice(0)) begin()
    },
  }
}
