import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { platform } from 'node:os'

/** A process as it can be recognised later: a pid alone may have been given to another in the meantime. */
export interface ProcessMark {
  pid: number
  /** When it started, in whatever form the system tells it. */
  started: string
}

/** When the process started, or null when there is none. A zombie counts as gone. */
export function startOf(pid: number): string | null {
  if (platform() === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The command's name stands in brackets and may itself hold spaces and brackets.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? null : (fields[19] ?? null)
    } catch {
      return null
    }
  }
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return ps.stdout.trim() || null
}

/** The mark of a running process. Throws when it is gone. */
export function markOf(pid: number): ProcessMark {
  const started = startOf(pid)
  if (started === null) throw new Error(`process ${pid} is not running`)
  return { pid, started }
}

export function isAlive(mark: ProcessMark): boolean {
  return startOf(mark.pid) === mark.started
}

/** Signals the whole group that a process leads; a group that is gone is fine. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Whether any process of the group that `pid` leads or led is left. Zombies do not count. */
export function groupAlive(pid: number): boolean {
  if (platform() !== 'linux') {
    try {
      process.kill(-pid, 0)
      return true
    } catch {
      return false
    }
  }
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (fields[2] === String(pid) && fields[0] !== 'Z') return true
    } catch {
      // It ended while we were looking.
    }
  }
  return false
}

/**
 * Ends a process that an earlier run left behind, with its whole group: asks with `signal`, waits, then
 * kills. Does nothing, and says so, when the pid belongs to another process by now.
 */
export async function endLeftover(
  mark: ProcessMark,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<boolean> {
  if (!isAlive(mark)) return false
  process.kill(mark.pid, signal)
  const deadline = Date.now() + graceMs
  while (isAlive(mark) && Date.now() < deadline) await Bun.sleep(20)
  signalGroup(mark.pid, 'SIGKILL')
  return true
}
