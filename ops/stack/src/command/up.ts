import { appendFileSync } from 'node:fs'
import { markOf } from '../process/alive.ts'
import { tryLock } from '../process/lock.ts'
import { PartFailed } from '../process/part.ts'
import { createSupervisor, endRecorded, type Supervisor } from '../process/supervisor.ts'
import type { Settings } from '../stack/environment.ts'
import { type Layout, layoutOf, prepareLayout } from '../stack/layout.ts'
import { Refusal } from '../stack/refusal.ts'
import { removeStackFile, stackFileOf, summary, writeNatsContexts, writeStackFile } from '../stack/report.ts'
import { startStack } from '../stack/start.ts'
import { MissingTool } from '../tools/install.ts'
import { alreadyRunning, recordSupervisor } from './running.ts'

export interface UpOptions {
  folder: string
  freePorts: boolean
  gatewayPort: number | null
  members: number
  bare: boolean
}

/**
 * `just up`: starts everything, stays, and stops everything in order at Ctrl-C or SIGTERM. Gives the exit
 * code. A second Ctrl-C does not wait for work in hand.
 */
export async function up(o: UpOptions): Promise<number> {
  const layout = layoutOf(o.folder)
  prepareLayout(layout)
  const release = tryLock(layout.lockFile)
  if (!release) {
    console.log(await alreadyRunning(layout))
    return 1
  }
  recordSupervisor(layout, markOf(process.pid))
  const say = sayTo(layout)
  const left = await endRecorded(layout.processesFile)
  if (left.length > 0) say(`an earlier run was cut off; ended what it left: ${left.join(', ')}`)
  removeStackFile(layout)

  let settings: Settings | null = null
  const supervisor = createSupervisor({
    recordFile: layout.processesFile,
    say,
    changed: () => settings && writeStackFile(layout, stackFileOf(settings, supervisor.pids())),
  })
  const stopped = stopOnSignal(supervisor, say)
  const since = performance.now()
  try {
    settings = await startStack({ layout, supervisor, say, env: process.env, ...o })
    const stack = stackFileOf(settings, supervisor.pids())
    writeNatsContexts(settings)
    writeStackFile(layout, stack)
    say(summary(settings, stack, (performance.now() - since) / 1000))
  } catch (error) {
    if (!supervisor.isStopping()) say(explain(error))
    const wasAsked = supervisor.isStopping()
    await supervisor.stop()
    if (wasAsked) await stopped
    release()
    return wasAsked ? 130 : 1
  }
  await stopped
  removeStackFile(layout)
  release()
  return Number(process.exitCode ?? 0)
}

/**
 * Resolves when everything has stopped after a signal. What breaks meanwhile, such as a connection to a
 * server that is being stopped, is no news; at any other time an unhandled error ends the stack in order.
 */
function stopOnSignal(supervisor: Supervisor, say: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const broken = (error: unknown) => {
      if (supervisor.isStopping()) return
      say(explain(error))
      process.exitCode = 1
      void supervisor.stop().then(resolve)
    }
    process.on('uncaughtException', broken)
    process.on('unhandledRejection', broken)
    const stop = () => {
      say(supervisor.isStopping() ? 'not waiting for work in hand …' : 'stopping …')
      void supervisor.stop().then(resolve)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}

/** To the terminal and to the log, so that `just logs` shows what happened to the processes themselves. */
function sayTo(layout: Layout): (line: string) => void {
  const log = layout.log('stack')
  return (text) => {
    console.log(text)
    appendFileSync(log, `${new Date().toISOString()} ${text}\n`)
  }
}

/** One line for what a person can change; all there is for a bug. */
function explain(error: unknown): string {
  if (error instanceof Refusal || error instanceof MissingTool || error instanceof PartFailed)
    return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
