import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export interface SystemUser {
  name: string
  uid: number
  gid: number
}

/**
 * The user that Postgres, which refuses root, runs as: null when we are not root ourselves. Takes one that
 * every system has instead of making one.
 */
export function unprivilegedUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields) return { name, uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new Error('Postgres refuses to run as root, and this system has neither a user postgres nor nobody.')
}

/** Whether everybody may enter the folder: every part of its path has the search bit. */
export function everybodyMayEnter(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}
