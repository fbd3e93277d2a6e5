import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { endLeftover, markOf, type ProcessMark } from './alive.ts'
import { type Exit, type Launch, launch, type Running } from './launch.ts'
import { lastLine, type Part, startPart } from './part.ts'

/** Thrown into whatever is being started when everything is to stop. */
export class Stopping extends Error {}

export interface Supervisor {
  /** Starts a part; from then on it is started again whenever it ends. Higher tiers are stopped first. */
  start(part: Part, tier: number): Promise<void>
  /** Runs a program to its end. */
  run(name: string, program: Launch): Promise<Exit>
  /** The pid of everything that runs. */
  pids(): Record<string, number>
  /** Stops everything, tier by tier; nothing is started afterwards. A second call hurries the first. */
  stop(): Promise<void>
  isStopping(): boolean
}

const firstPauseMs = 500
const longestPauseMs = 30_000
/** A part that ran this long before it ended starts again with the first pause. */
const steadyMs = 60_000
/** Programs that run to their end are ended before everything else. */
const helperTier = 99

interface Kept {
  part: Part
  tier: number
  running: Running | null
  /** How long the next restart waits. */
  pauseMs: number
}

/** `recordFile` keeps the marks of what runs, for the next start, should this process be killed. */
export function createSupervisor(o: {
  recordFile: string
  say(line: string): void
  changed?(): void
}): Supervisor {
  const kept = new Map<string, Kept>()
  const helpers = new Map<string, Running>()
  const marks = new Map<string, RecordedProcess>()
  const timers = new Set<Timer>()
  let stopping: Promise<void> | null = null

  const noted = (name: string, signal: NodeJS.Signals, tier: number) => (running: Running) => {
    marks.set(name, { ...markOf(running.pid), name, signal, tier })
    writeRecord(o.recordFile, marks)
    void running.exited.then(() => {
      marks.delete(name)
      writeRecord(o.recordFile, marks)
    })
  }

  const begin = async (entry: Kept): Promise<void> => {
    if (stopping) throw new Stopping()
    const note = noted(entry.part.name, entry.part.stop.signal, entry.tier)
    const running = await startPart(entry.part, (started) => {
      entry.running = started
      note(started)
    })
    if (stopping) throw new Stopping()
    const since = Date.now()
    void running.exited.then((exit) => {
      entry.running = null
      if (Date.now() - since >= steadyMs) entry.pauseMs = firstPauseMs
      if (!stopping) startAgain(entry, exit)
    })
    o.changed?.()
  }

  /** Starts an ended part again, after a pause that doubles while it does not hold. */
  const startAgain = (entry: Kept, exit: Exit | null) => {
    const { name, launch: how } = entry.part
    const pauseMs = entry.pauseMs
    entry.pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    const end = exit ? (exit.signal ?? `code ${exit.code}`) : 'not ready'
    o.say(`${name} ended (${end}), starting it again in ${pauseMs / 1000} s: ${lastLine(how.logFile)}`)
    const timer = setTimeout(async () => {
      timers.delete(timer)
      try {
        await begin(entry)
        o.say(`${name} runs again`)
      } catch {
        if (!stopping) startAgain(entry, null)
      }
    }, pauseMs)
    timers.add(timer)
  }

  const stopAll = async () => {
    for (const timer of timers) clearTimeout(timer)
    await Promise.all([...helpers.values()].map((helper) => helper.stop({ graceMs: 2000 })))
    const tiers = [...new Set([...kept.values()].map((entry) => entry.tier))].sort((a, b) => b - a)
    for (const tier of tiers) {
      const entries = [...kept.values()].filter((entry) => entry.tier === tier)
      await Promise.all(entries.map((entry) => entry.running?.stop(entry.part.stop)))
    }
    rmSync(o.recordFile, { force: true })
  }

  return {
    async start(part, tier) {
      const entry: Kept = { part, tier, running: null, pauseMs: firstPauseMs }
      kept.set(part.name, entry)
      await begin(entry)
    },
    async run(name, program) {
      if (stopping) throw new Stopping()
      const running = launch(program)
      helpers.set(name, running)
      noted(name, 'SIGTERM', helperTier)(running)
      const exit = await running.exited
      helpers.delete(name)
      if (stopping) throw new Stopping()
      return exit
    },
    pids: () =>
      Object.fromEntries(
        [...kept.values()].flatMap(({ part, running }) => (running ? [[part.name, running.pid]] : [])),
      ),
    stop() {
      if (stopping) for (const { running } of kept.values()) running?.signal('SIGKILL')
      stopping ??= stopAll()
      return stopping
    },
    isStopping: () => stopping !== null,
  }
}

interface RecordedProcess extends ProcessMark {
  name: string
  /** What ends it in order. */
  signal: NodeJS.Signals
  tier: number
}

function writeRecord(file: string, marks: Map<string, RecordedProcess>): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify([...marks.values()], null, 2))
    renameSync(`${file}.new`, file)
  } catch (error) {
    // The folder went away under us, at the end of a test: there is nobody left to tell.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/**
 * Ends what an earlier supervisor, killed in the middle, has left running, tier by tier as it would have.
 * Gives the names of what it ended.
 */
export async function endRecorded(recordFile: string): Promise<string[]> {
  if (!existsSync(recordFile)) return []
  const recorded = JSON.parse(readFileSync(recordFile, 'utf8')) as RecordedProcess[]
  const ended: string[] = []
  const tiers = [...new Set(recorded.map((mark) => mark.tier))].sort((a, b) => b - a)
  for (const tier of tiers) {
    await Promise.all(
      recorded
        .filter((mark) => mark.tier === tier)
        .map(async (mark) => {
          if (await endLeftover(mark, mark.signal, 20_000)) ended.push(mark.name)
        }),
    )
  }
  rmSync(recordFile, { force: true })
  return ended
}
