import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * The folder everything is kept under: the root of the tree, or, where this package was installed from a
 * tarball (a service lifted out), the folder whose node_modules holds it.
 */
export const projectFolder: string = (() => {
  const here = import.meta.dir
  const installed = here.indexOf('/node_modules/')
  return installed === -1 ? resolve(here, '../../..') : here.slice(0, installed)
})()

/** Whether this is the whole tree, with all services, and not one service lifted out. */
export const isWholeTree: boolean = existsSync(join(projectFolder, 'gateway/package.json'))

/** Where installed servers and tools are; `ACCORD_TOOLS` lets several trees share them. */
export const toolsFolder: string = process.env.ACCORD_TOOLS ?? join(projectFolder, '.accord/tools')

/**
 * State of the shared test servers. In the temporary folder, since an unprivileged Postgres must be able
 * to enter it, and because a socket's path may have about a hundred characters only.
 */
export const testFolder: string = join(
  tmpdir(),
  `accord-test-${userInfo().uid}-${createHash('sha256').update(projectFolder).digest('hex').slice(0, 8)}`,
)

/** Makes a folder that others may enter but not list; returns its path. */
export function makeFolder(path: string, mode = 0o711): string {
  mkdirSync(path, { recursive: true, mode })
  return path
}
