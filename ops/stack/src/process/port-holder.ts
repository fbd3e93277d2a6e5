import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { platform } from 'node:os'

/** Who listens on a TCP port, as `pid 123 (node server.js)`; null when it cannot be seen. */
export function holderOf(port: number): string | null {
  const pid = platform() === 'linux' ? pidByProc(port) : pidByLsof(port)
  return pid === null ? null : `pid ${pid} (${commandOf(pid)})`
}

/** The socket's inode from the kernel's table, then the process that has it open. */
function pidByProc(port: number): number | null {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)))
  if (inodes.size === 0) return null
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]
        if (inode && inodes.has(inode)) return Number(pid)
      }
    } catch {
      // Another user's process, or one that ended while we were looking.
    }
  }
  return null
}

function listeningInodes(table: string, port: number): string[] {
  const listening = '0A'
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  try {
    return readFileSync(table, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === listening)
      .map((fields) => fields[9] ?? '')
  } catch {
    return []
  }
}

function pidByLsof(port: number): number | null {
  const lsof = spawnSync('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'], { encoding: 'utf8' })
  return Number.parseInt(lsof.stdout ?? '', 10) || null
}

/** The command line of a process, shortened. */
export function commandOf(pid: number): string {
  try {
    const text =
      platform() === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
    return text.trim().slice(0, 120)
  } catch {
    return 'unknown'
  }
}
