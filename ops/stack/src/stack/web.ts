import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder, projectFolder, toolsFolder } from '../place.ts'
import { basicEnvironment, type Launch } from '../process/launch.ts'
import { lock } from '../process/lock.ts'
import { Refusal } from './refusal.ts'

const folder = join(projectFolder, 'web')
const builtFolder = join(folder, 'dist')
/** Beside the built folder, not in it: everything in that is served. */
const markFile = join(folder, '.built')

/**
 * The folder of the built web app, built when it was not yet or when its sources have changed since; null in
 * a tree without one. Throws Refusal when it cannot be built.
 */
export async function ensureWebBuilt(o: {
  run(program: Launch): Promise<{ code: number | null }>
  logFile: string
  say(line: string): void
}): Promise<string | null> {
  if (!existsSync(join(folder, 'package.json'))) return null
  const wanted = fingerprint()
  if (isBuilt(wanted)) return builtFolder
  const release = await lock(join(makeFolder(toolsFolder, 0o755), 'web-lock'), 300_000)
  try {
    if (isBuilt(wanted)) return builtFolder
    const since = performance.now()
    rmSync(markFile, { force: true })
    const { code } = await o.run({
      command: [process.execPath, 'scripts/build.ts'],
      cwd: folder,
      env: { ...basicEnvironment(), NODE_ENV: 'production', VITE_BUILD: wanted },
      logFile: o.logFile,
    })
    if (code !== 0) throw new Refusal(`The web app cannot be built; why stands in ${o.logFile}`)
    writeFileSync(markFile, wanted)
    o.say(`web app is built (${((performance.now() - since) / 1000).toFixed(1)} s)`)
    return builtFolder
  } finally {
    release()
  }
}

function isBuilt(wanted: string): boolean {
  if (!existsSync(markFile) || !existsSync(join(builtFolder, 'index.html'))) return false
  return readFileSync(markFile, 'utf8') === wanted
}

/** Changes with every source that the bundle is made from, and with the versions of what it is made with. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const sources = ['src', 'public', 'scripts'].flatMap((part) =>
    readdirSync(join(folder, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(test|generated\.d)\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  const others = ['index.html', 'vite.config.ts', 'package.json', 'openapi.json'].map((name) =>
    join(folder, name),
  )
  for (const file of [...sources, ...others, join(projectFolder, 'bun.lock')].sort()) {
    hash.update(file.slice(projectFolder.length)).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}
