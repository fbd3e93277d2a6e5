import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { systemFolder } from '../parts/postgres-binaries.ts'
import { makeFolder, projectFolder } from '../place.ts'
import { everybodyMayEnter, type SystemUser } from '../process/system-user.ts'
import { Refusal } from './refusal.ts'

/** Where one running Accord keeps everything it needs and makes. */
export interface Layout {
  root: string
  /** For people and scripts: addresses, pids and logs. There only while all is ready. */
  stackFile: string
  /** Marks of what runs, so that a start after a kill -9 can end it. */
  processesFile: string
  lockFile: string
  log(name: string): string
  data(name: string): string
  secret(name: string): string
  keyring(service: string): string
  natsContexts: string
}

/** The folder of this machine's Accord unless told otherwise. */
export const defaultStackFolder = process.env.ACCORD_FOLDER ?? join(projectFolder, '.accord')

export function layoutOf(folder: string): Layout {
  const root = resolve(folder)
  return {
    root,
    stackFile: join(root, 'stack.json'),
    processesFile: join(root, 'processes.json'),
    lockFile: join(root, 'lock'),
    log: (name) => join(root, 'logs', `${name}.log`),
    data: (name) => join(root, 'data', name),
    secret: (name) => join(root, 'secrets', name),
    keyring: (service) => join(root, 'keys', `keyring-${service}.json`),
    natsContexts: join(root, 'nats-cli'),
  }
}

/** Makes the folders. Throws a Refusal where nothing may be written. */
export function prepareLayout(layout: Layout): void {
  try {
    // Others may pass through, for Postgres under its own user; secrets and keys stay closed.
    makeFolder(layout.root)
    for (const name of ['logs', 'data']) makeFolder(join(layout.root, name))
    for (const name of ['secrets', 'keys', 'nats-cli']) makeFolder(join(layout.root, name), 0o700)
    accessSync(layout.root, constants.W_OK)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new Refusal(
      `Accord cannot write in ${layout.root} (${code}). Give it a folder of its own: ACCORD_FOLDER=/path just up`,
    )
  }
}

/** Postgres' data: beside the rest, or, where its user could not enter, in a folder of the system. */
export function postgresData(layout: Layout, user: SystemUser | null): string {
  const beside = layout.data('postgres')
  if (user === null || existsSync(beside) || everybodyMayEnter(dirname(beside))) return beside
  const mark = createHash('sha256').update(layout.root).digest('hex').slice(0, 8)
  return join(makeFolder(systemFolder, 0o755), `data-${mark}`, 'postgres')
}
