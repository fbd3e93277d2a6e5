import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What a first visit may cost, in bytes as the gateway sends them: with Brotli. */
const budgets = { firstLoadScript: 150_000, routeChunk: 60_000, fonts: 120_000 }

interface Chunk {
  file: string
  isEntry?: boolean
  isDynamicEntry?: boolean
  imports?: string[]
}

/** Whether the built app keeps its budgets; prints each that it does not, and the first load in any case. */
export async function checkBudgets(folder: string): Promise<boolean> {
  const manifest = (await Bun.file(join(folder, '.vite/manifest.json')).json()) as Record<string, Chunk>
  const sizeOf = (file: string) => sentSize(join(folder, file))
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry)
  if (!entry) throw new Error('the manifest names no entry')
  const atFirst = filesOf(manifest, entry)
  const problems: string[] = []
  const check = (what: string, bytes: number, most: number) => {
    if (bytes > most) problems.push(`${what}: ${kilobytes(bytes)} of at most ${kilobytes(most)}`)
  }

  const firstLoad = sum(await Promise.all([...atFirst].map(sizeOf)))
  check('first load of script', firstLoad, budgets.firstLoadScript)
  for (const [name, chunk] of Object.entries(manifest)) {
    if (!chunk.isDynamicEntry) continue
    const own = [...filesOf(manifest, name)].filter((file) => !atFirst.has(file))
    check(`route ${name}`, sum(await Promise.all(own.map(sizeOf))), budgets.routeChunk)
  }
  const fonts = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.woff2'))
  check(
    'fonts',
    sum(await Promise.all(fonts.map((name) => Bun.file(join(folder, 'assets', name)).size))),
    budgets.fonts,
  )

  console.log(
    `web: first load of script ${kilobytes(firstLoad)} of at most ${kilobytes(budgets.firstLoadScript)}`,
  )
  for (const problem of problems) console.error(`web: over budget, ${problem}`)
  return problems.length === 0
}

/** A chunk's file and those of everything that it imports outright. */
function filesOf(manifest: Record<string, Chunk>, name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name]
  if (!chunk || seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const imported of chunk.imports ?? []) filesOf(manifest, imported, seen)
  return seen
}

async function sentSize(file: string): Promise<number> {
  const small = Bun.file(`${file}.br`)
  return (await small.exists()) ? small.size : Bun.file(file).size
}

const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0)
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
