import { Database } from 'bun:sqlite'

/**
 * Takes a lock that the system itself lets go of when this process ends, however it ends: an exclusive
 * transaction on a small SQLite file, which is the same on every system that Bun runs on. Returns null when
 * somebody else holds it past `waitMs`, else a function that lets go.
 */
export function tryLock(file: string, waitMs = 0): (() => void) | null {
  const database = new Database(file, { create: true })
  try {
    database.run(`pragma busy_timeout = ${waitMs}`)
    database.run('begin exclusive')
    return () => database.close()
  } catch (error) {
    database.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return null
    throw error
  }
}

/** The same, waiting without blocking the process. Throws after `timeoutMs`. */
export async function lock(file: string, timeoutMs: number): Promise<() => void> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const release = tryLock(file)
    if (release) return release
    if (Date.now() > deadline) throw new Error(`${file} is held by another process`)
    await Bun.sleep(30)
  }
}
