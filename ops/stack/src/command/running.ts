import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, type ProcessMark } from '../process/alive.ts'
import type { Layout } from '../stack/layout.ts'
import { readStackFile } from '../stack/report.ts'

const fileOf = (layout: Layout) => join(layout.root, 'supervisor.json')

/** Notes who runs the stack of this folder. Whether it still runs is known by the lock alone. */
export function recordSupervisor(layout: Layout, mark: ProcessMark): void {
  rmSync(fileOf(layout), { force: true })
  writeFileSync(fileOf(layout), JSON.stringify(mark))
}

/** The process that runs the stack of this folder, or null. */
export function supervisorOf(layout: Layout): ProcessMark | null {
  try {
    const mark = JSON.parse(readFileSync(fileOf(layout), 'utf8')) as ProcessMark
    return isAlive(mark) ? mark : null
  } catch {
    return null
  }
}

/** What a second `up` says. */
export async function alreadyRunning(layout: Layout): Promise<string> {
  const stack = readStackFile(layout)
  const who = supervisorOf(layout)
  const where = stack ? `at ${stack.gateway}` : 'and still starting'
  return `Accord is already running on ${layout.root} ${where} (pid ${who?.pid ?? 'unknown'}). End it with: just down`
}
