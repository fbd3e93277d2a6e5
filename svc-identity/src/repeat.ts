import type { Logger } from '@accord/kit/log'

export interface Repeated {
  /** No further run begins; resolves when the one under way is over. */
  stop(): Promise<void>
}

/**
 * Runs a job again and again, `everyMs` after the last run has ended, give or take a tenth so that instances
 * drift apart. A run that fails is logged and does not end the series.
 */
export function repeat(
  job: { name: string; everyMs: number; run: () => Promise<unknown> },
  log: Logger,
): Repeated {
  let timer: Timer | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = false

  const run = async () => {
    try {
      await job.run()
    } catch (error) {
      log.error('a repeated job failed', { job: job.name, error })
    }
    plan()
  }
  const plan = () => {
    if (stopped) return
    const delay = job.everyMs * (0.9 + Math.random() * 0.2)
    timer = setTimeout(() => {
      running = run()
    }, delay)
  }
  plan()

  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
