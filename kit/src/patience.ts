import type { Logger } from './log.ts'

const longestPauseMs = 2_000

/**
 * Tries `work` until it succeeds, with growing, jittered pauses: processes of a stack start together, and each
 * waits for what it needs. Throws the last error after `forMs`, or at once one that waiting cannot mend.
 */
export async function patiently<T>(
  work: () => Promise<T>,
  o: { what: string; forMs: number; isFinal: (error: unknown) => boolean; log: Logger },
): Promise<T> {
  const until = Date.now() + o.forMs
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work()
    } catch (error) {
      if (o.isFinal(error) || Date.now() + pauseMs > until) throw error
      o.log.warn(`waiting for ${o.what}`, { reason: error instanceof Error ? error.message : String(error) })
      await Bun.sleep(pauseMs * (0.5 + Math.random()))
    }
  }
}
