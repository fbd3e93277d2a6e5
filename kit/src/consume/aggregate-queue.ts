/** One delivery in hand. `seq` is its place in the stream. */
export interface QueueEntry {
  seq: number
  eventId: string
}

/** What became of an entry: `retry` is delivered again after `delayMs`, and those behind it wait for it. */
export type Handled = { done: true } | { done: false; delayMs: number }

export interface AggregateQueue<T extends QueueEntry> {
  push(aggregate: string, entry: T): void
  /** Entries that have not been handled. */
  size(): number
  /** Begins nothing more; what has begun goes on, and what follows it is released after it. */
  stop(): void
}

interface Line<T> {
  entries: T[]
  running: boolean
  /** Handed back to the server; what comes after it waits until it is here again or settled elsewhere. */
  blocked: { seq: number; eventId: string; until: number } | null
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Time for the failed entry to be settled, so that what comes again does not wait a second time. */
const overflowDelayMs = 120_000

/**
 * Handles entries of one aggregate one after the other, in the order of the stream, and those of different
 * aggregates side by side. An entry that failed holds its successors back: they stay in hand until it comes
 * again, or `isSettled` says that another process has dealt with it.
 */
export function createAggregateQueue<T extends QueueEntry>(options: {
  handle: (entry: T) => Promise<Handled>
  isSettled: (eventId: string) => Promise<boolean>
  /** How many may wait behind a failed entry of one aggregate; more are released. */
  maxHeld: number
  /** Takes back an entry that was not begun; it should come again no sooner than after `delayMs`. */
  release: (entry: T, delayMs: number) => void
}): AggregateQueue<T> {
  const lines = new Map<string, Line<T>>()
  let stopped = false

  function advance(aggregate: string, line: Line<T>): void {
    if (line.running) return
    if (stopped) {
      releaseAll(line)
      return
    }
    const [head] = line.entries
    if (!head) {
      if (!line.blocked) lines.delete(aggregate)
      return
    }
    if (line.blocked && head.seq > line.blocked.seq) {
      arm(aggregate, line, 1_000)
      return
    }
    line.entries.shift()
    // An older one that was elsewhere until now frees nothing: the failed one is still to come.
    if (line.blocked?.seq === head.seq) {
      line.blocked = null
      clearTimeout(line.timer)
      line.timer = undefined
    }
    line.running = true
    void run(aggregate, line, head)
  }

  async function run(aggregate: string, line: Line<T>, entry: T): Promise<void> {
    const handled = await options.handle(entry)
    line.running = false
    if (!handled.done) {
      const until = performance.now() + handled.delayMs
      line.blocked = { seq: entry.seq, eventId: entry.eventId, until }
      arm(aggregate, line, handled.delayMs + 1_000)
    }
    advance(aggregate, line)
  }

  /** After the failed entry before them, if there is one: elsewhere they shall not overtake it. */
  function releaseAll(line: Line<T>): void {
    clearTimeout(line.timer)
    const delayMs = line.blocked ? Math.max(0, line.blocked.until - performance.now()) + 1_000 : 0
    for (const entry of line.entries.splice(0)) options.release(entry, delayMs)
  }

  /** Looks again after a while: the failed entry may have gone to another process. */
  function arm(aggregate: string, line: Line<T>, ms: number): void {
    if (line.timer !== undefined || stopped) return
    line.timer = setTimeout(() => {
      line.timer = undefined
      void look(aggregate, line)
    }, ms)
  }

  async function look(aggregate: string, line: Line<T>): Promise<void> {
    const { blocked } = line
    if (
      blocked &&
      (await options.isSettled(blocked.eventId).catch(() => false)) &&
      line.blocked === blocked
    ) {
      line.blocked = null
    }
    if (lines.get(aggregate) !== line) return
    if (line.blocked) arm(aggregate, line, 1_000)
    advance(aggregate, line)
  }

  return {
    push(aggregate, entry) {
      let line = lines.get(aggregate)
      if (!line) {
        line = { entries: [], running: false, blocked: null, timer: undefined }
        lines.set(aggregate, line)
      }
      if (line.blocked && entry.seq > line.blocked.seq && line.entries.length >= options.maxHeld) {
        options.release(entry, overflowDelayMs)
        return
      }
      const behind = line.entries.findIndex((other) => other.seq > entry.seq)
      line.entries.splice(behind === -1 ? line.entries.length : behind, 0, entry)
      advance(aggregate, line)
    },
    size() {
      let size = 0
      for (const line of lines.values()) size += line.entries.length + (line.running ? 1 : 0)
      return size
    },
    stop() {
      stopped = true
      for (const [aggregate, line] of lines) advance(aggregate, line)
    },
  }
}
