import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { type Launch, launch, type Running } from './launch.ts'

/** Something that runs: how it is started, when it is ready, how it is stopped. */
export interface Part {
  name: string
  launch: Launch
  /** Asked again and again until it gives null; else why not yet. Throws when it never will. */
  ready(): Promise<string | null>
  readyWithinMs: number
  stop: { signal: NodeJS.Signals; graceMs: number }
}

/** A part that could not be started. The message is one line for the person at the terminal. */
export class PartFailed extends Error {}

/** Starts a part and waits until it is ready; what does not become ready is stopped again. */
export async function startPart(
  part: Part,
  started: (running: Running) => void = () => {},
): Promise<Running> {
  const running = launch(part.launch)
  started(running)
  try {
    await untilReady(part, running)
    return running
  } catch (error) {
    await running.stop(part.stop)
    throw error
  }
}

async function untilReady(part: Part, running: Running): Promise<void> {
  const deadline = Date.now() + part.readyWithinMs
  for (let pause = 10; ; pause = Math.min(pause * 1.5, 150)) {
    const problem = await part.ready()
    if (problem === null) return
    const exit = running.exit()
    if (exit) {
      throw new PartFailed(
        `${part.name} ended while starting (${exit.signal ?? `code ${exit.code}`}): ${lastLine(part.launch.logFile)}  Log: ${part.launch.logFile}`,
      )
    }
    if (Date.now() > deadline) {
      throw new PartFailed(
        `${part.name} is not ready after ${part.readyWithinMs / 1000} s: ${problem}  Log: ${part.launch.logFile}`,
      )
    }
    await Bun.sleep(pause)
  }
}

/** The line of a log that says most about its end: the last error, else the last line that is no decoration. */
export function lastLine(file: string): string {
  const lines = tail(file, 8192)
    .split('\n')
    .filter((line) => line.trim() !== '' && !decoration.test(line))
    .slice(-40)
  const line = lines.findLast((candidate) => /^\w*(error|message): /i.test(candidate)) ?? lines.at(-1)
  if (line === undefined) return 'it said nothing.'
  try {
    const { message, error, problem } = JSON.parse(line)
    return [message, error?.message ?? problem].filter(Boolean).join(': ')
  } catch {
    return line.trim().slice(0, 300)
  }
}

/** Stack traces, code frames, and the version that Bun signs a crash with. */
const decoration = /^\s+at |^\s*\d+ \||^\s*\^|^Bun v|^Require stack|^- \//

/** The end of a file, at most so many bytes. */
export function tail(file: string, bytes: number): string {
  if (!existsSync(file)) return ''
  const fd = openSync(file, 'r')
  try {
    const { size } = fstatSync(fd)
    const length = Math.min(size, bytes)
    const buffer = Buffer.alloc(length)
    readSync(fd, buffer, 0, length, size - length)
    return buffer.toString()
  } finally {
    closeSync(fd)
  }
}
