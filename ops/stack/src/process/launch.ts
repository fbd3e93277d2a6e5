import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { groupAlive, signalGroup } from './alive.ts'
import type { SystemUser } from './system-user.ts'

export interface Launch {
  command: readonly [string, ...string[]]
  cwd?: string
  /** The whole environment of the process: nothing is inherited beyond what stands here. */
  env?: Record<string, string>
  /** Standard output and error are appended here. */
  logFile: string
  /** Run as this user; ours when it is null. */
  user?: SystemUser | null
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface Running {
  pid: number
  exited: Promise<Exit>
  /** Set as soon as the process is gone. */
  exit(): Exit | null
  signal(signal: NodeJS.Signals): void
  /** Asks with `signal`, waits, then kills the whole group. */
  stop(options?: { signal?: NodeJS.Signals; graceMs?: number }): Promise<void>
}

/**
 * Starts a process at the head of a process group of its own, so that a Ctrl-C in the terminal reaches us
 * alone and we decide in which order things stop.
 */
export function launch(what: Launch): Running {
  const log = openSync(what.logFile, 'a', 0o640)
  const [file, ...args] = what.command
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: what.env ?? basicEnvironment(),
    ...(what.cwd === undefined ? {} : { cwd: what.cwd }),
    ...(what.user ? { uid: what.user.uid, gid: what.user.gid } : {}),
  })
  closeSync(log)
  let ended: Exit | null = null
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      ended = { code, signal }
      resolve(ended)
    })
  })
  exited.catch(() => {})
  const pid = child.pid
  if (pid === undefined) throw new Error(`${file} could not be started`)
  return {
    pid,
    exited,
    exit: () => ended,
    signal: (signal) => {
      if (ended === null) process.kill(pid, signal)
    },
    async stop({ signal = 'SIGTERM', graceMs = 10_000 } = {}) {
      if (ended === null) {
        child.kill(signal)
        const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs)
        await exited
        clearTimeout(timer)
      }
      // Children of its own that outlived it.
      if (groupAlive(pid)) signalGroup(pid, 'SIGKILL')
    },
  }
}

/** What every process may know of ours: where programs are, the home folder, language and time zone. */
export function basicEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR']) {
    const value = process.env[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}
