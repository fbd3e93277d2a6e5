import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'

/** Said to the person who asked; not a bug. */
export class NotLiftable extends Error {}

interface Manifest {
  name: string
  version: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  [field: string]: unknown
}

const tree = resolve(import.meta.dir, '../../..')

/** Where the packages live that a service, or its tests, may ask for. */
const homes: Record<string, string> = {
  '@accord/contracts': 'contracts',
  '@accord/kit': 'kit',
  '@accord/stack': 'ops/stack',
  '@accord/stripe-sandbox': 'ops/stripe-sandbox',
}

/**
 * Copies a service into a folder of its own, with what it needs of Accord packed as tarballs beside it, and installs
 * it: nothing there points back into this tree.
 */
export async function lift(service: string, folder: string): Promise<void> {
  const source = join(tree, service)
  if (!/^(svc-[a-z]+|gateway)$/.test(service) || !existsSync(join(source, 'package.json'))) {
    throw new NotLiftable(`${service} is no service of this tree.`)
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new NotLiftable(`${folder} is not empty.`)
  copyPackage(source, folder)
  const vendor = join(folder, 'vendor')
  mkdirSync(vendor)
  const manifest = readManifest(folder)
  const tarballs = await packAll(neededBy(manifest), vendor)
  writeManifest(folder, standingAlone(manifest, tarballs))
  writeFileSync(join(folder, 'tsconfig.json'), readFileSync(join(tree, 'tsconfig.json')))
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\n.accord/\n')
  await run([process.execPath, 'install'], folder)
}

/** The packages of ours that a manifest names, and those that these name in turn. */
function neededBy(manifest: Manifest, found = new Set<string>()): Set<string> {
  const named = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }
  for (const name of Object.keys(named).filter((candidate) => candidate.startsWith('@accord/'))) {
    if (found.has(name)) continue
    const home = homes[name]
    if (!home) throw new NotLiftable(`${manifest.name} needs ${name}, which is not made to leave the tree.`)
    found.add(name)
    const below = readManifest(join(tree, home))
    neededBy({ ...below, devDependencies: {} }, found)
  }
  return found
}

/** Packs each package; answers the tarball's file name by package. */
async function packAll(names: Set<string>, vendor: string): Promise<Map<string, string>> {
  const work = mkdtempSync(join(tmpdir(), 'accord-lift-'))
  try {
    const packed = new Map<string, string>()
    for (const name of names) {
      const copy = join(work, basename(name))
      copyPackage(join(tree, homes[name] ?? ''), copy)
      writeManifest(copy, asTarball(readManifest(copy)))
      const file = `${name.slice(1).replace('/', '-')}.tgz`
      await run([process.execPath, 'pm', 'pack', '--quiet', '--filename', join(vendor, file)], copy)
      packed.set(name, file)
    }
    return packed
  } finally {
    rmSync(work, { recursive: true })
  }
}

/** A packed package takes the others of ours from whoever installs it: one copy of each is loaded. */
function asTarball(manifest: Manifest): Manifest {
  const { devDependencies: _, ...kept } = manifest
  const ours = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith('@accord/'))
  return {
    ...kept,
    dependencies: without(manifest.dependencies, ours),
    peerDependencies: {
      ...manifest.peerDependencies,
      ...Object.fromEntries(ours.map((name) => [name, '*'])),
    },
  }
}

function standingAlone(manifest: Manifest, tarballs: Map<string, string>): Manifest {
  const given = (name: string) => `file:./vendor/${tarballs.get(name)}`
  const rewrite = (dependencies: Record<string, string> = {}) =>
    Object.fromEntries(
      Object.entries(dependencies).map(([name, range]) => [name, tarballs.has(name) ? given(name) : range]),
    )
  const dependencies = rewrite(manifest.dependencies)
  const devDependencies = rewrite(manifest.devDependencies)
  for (const name of tarballs.keys()) {
    if (!(name in dependencies)) devDependencies[name] = given(name)
  }
  return { ...manifest, dependencies, devDependencies }
}

function copyPackage(from: string, to: string): void {
  const leftBehind = new Set(['node_modules', '.accord'])
  cpSync(from, to, { recursive: true, filter: (path) => !leftBehind.has(basename(path)) })
}

function without(dependencies: Record<string, string> = {}, names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => !names.includes(name)))
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

function writeManifest(folder: string, manifest: Manifest): void {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

async function run(words: string[], cwd: string): Promise<void> {
  const child = Bun.spawn(words, { cwd, stdout: 'pipe', stderr: 'pipe' })
  const [code, said] = await Promise.all([child.exited, new Response(child.stderr).text()])
  if (code !== 0) throw new NotLiftable(`${words.slice(1).join(' ')} failed in ${cwd}:\n${said}`)
}
