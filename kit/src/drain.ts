import type { Logger } from './log.ts'

/** What is left after this is cut off. Orchestrators usually kill after 30 s. */
export const drainDeadlineMs = 25_000

export interface Drain {
  /** Adds a step. Steps run one after the other, the last added first. */
  add(name: string, stop: () => Promise<void> | void): void
  /** Runs the steps; a second call waits for the first. A step that fails is logged, and the rest still run. */
  run(): Promise<void>
}

/** The steps by which a process ends: in the reverse of the order in which they were added, as it started. */
export function createDrain(log: Logger, deadlineMs: number = drainDeadlineMs): Drain {
  const steps: { name: string; stop: () => Promise<void> | void }[] = []
  let running: Promise<void> | undefined

  async function runAll(): Promise<void> {
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step.stop()
      } catch (error) {
        log.error('a step of the shutdown failed', { step: step.name, error })
      }
    }
  }

  return {
    add: (name, stop) => void steps.push({ name, stop }),
    run: () => {
      running ??= withDeadline(runAll(), deadlineMs, () =>
        log.error('the shutdown took too long', { left: steps.map((step) => step.name) }),
      )
      return running
    },
  }
}

/**
 * Ends this process in order: SIGTERM or SIGINT runs the drain and exits 0; a second signal exits at once.
 * An unhandled rejection or exception is a bug in an unknown state: it is logged and the process exits 1.
 */
export function endOnSignals(drain: Drain, log: Logger): void {
  let ending = false
  const end = (signal: string) => {
    if (ending) process.exit(130)
    ending = true
    log.info('draining', { signal })
    drain.run().then(
      () => {
        log.info('drained')
        process.exit(0)
      },
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', () => end('SIGTERM'))
  process.on('SIGINT', () => end('SIGINT'))
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, (error: unknown) => {
      log.error('unhandled error, exiting', { error })
      process.exit(1)
    })
  }
}

async function withDeadline(work: Promise<void>, ms: number, late: () => void): Promise<void> {
  let timer: Timer | undefined
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      late()
      resolve()
    }, ms)
  })
  await Promise.race([work, deadline])
  clearTimeout(timer)
}
