import { join } from 'node:path'
import { projectFolder } from '../place.ts'
import { basicEnvironment } from '../process/launch.ts'
import type { Part } from '../process/part.ts'

export interface ServiceOptions {
  name: string
  /** Folder of the package, from the root of the tree. */
  folder: string
  env: Record<string, string>
  logFile: string
  /** Answers 200 when the process can take work. */
  readyUrl: string
}

/** One of our own processes. It drains when it is asked to end, and has a deadline of its own for that. */
export function servicePart(o: ServiceOptions): Part {
  return {
    name: o.name,
    launch: {
      command: [process.execPath, 'src/main.ts'],
      cwd: join(projectFolder, o.folder),
      env: { ...basicEnvironment(), ...o.env },
      logFile: o.logFile,
    },
    ready: () => answers(o.readyUrl),
    readyWithinMs: 45_000,
    stop: { signal: 'SIGTERM', graceMs: 28_000 },
  }
}

/** Null when the address answers with success, else why not. */
export async function answers(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    const text = await response.text()
    return response.ok ? null : `${response.status} ${text.slice(0, 200)}`
  } catch (error) {
    return (error as Error).message
  }
}
