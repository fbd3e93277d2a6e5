import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from '../place.ts'
import { run } from './run.ts'
import type { Source } from './table.ts'

/** The package unpacks itself into the temporary folder; its libraries only where it believes to be at home. */
const unpack = `import chromium from '@sparticuz/chromium'
await chromium.executablePath()
`

/**
 * Starts the program with its own libraries where the system lacks some (it has none of a desktop's on a
 * server), and with its own fonts.
 */
const start = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if ldd "$here/chromium" | grep -q 'not found'; then
  export LD_LIBRARY_PATH="$here/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi
if [ ! -d /etc/fonts ]; then export FONTCONFIG_PATH="$here/fonts"; fi
exec "$here/chromium" "$@"
`

/**
 * Fetches the packed Chromium with npm, checks it against our checksums and unpacks it into `folder`, where
 * `run` starts it. Returns why it could not, in a few words, or null.
 */
export async function installPackedChromium(
  source: Extract<Source, { kind: 'packed-chromium' }>,
  folder: string,
): Promise<string | null> {
  const platform = `${process.platform}-${process.arch}`
  if (platform !== 'linux-x64') return `no build for ${platform}`
  const work = mkdtempSync(join(makeFolder(dirname(folder), 0o755), '.chromium-'))
  try {
    const target = makeFolder(join(work, 'unpacked'), 0o755)
    writeFileSync(join(work, 'unpack.mjs'), unpack)
    const fetched = await run([
      ...(['npm', 'install', '--prefix', work, '--no-fund', '--no-audit', '--no-save'] as const),
      ...['--ignore-scripts', '--loglevel=error', `${source.package}@${source.version}`],
    ])
    if (fetched.code !== 0) return fetched.output.trim().split('\n').at(-1)?.slice(0, 160) || 'npm failed'
    const packed = join(work, 'node_modules', source.package, 'bin')
    if (
      sha256(join(packed, 'chromium.br')) !== source.sha256.chromium ||
      sha256(join(packed, 'al2023.tar.br')) !== source.sha256.libraries
    ) {
      return 'its checksum is wrong'
    }
    const unpacked = await run(['node', join(work, 'unpack.mjs')], {
      cwd: work,
      env: { ...process.env, TMPDIR: target, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    })
    if (unpacked.code !== 0) return `it cannot be unpacked: ${unpacked.output.trim().split('\n').at(-1)}`
    writeFileSync(join(target, 'run'), start, { mode: 0o755 })
    const tried = await run([join(target, 'run'), '--version'], { timeoutMs: 20_000 })
    if (tried.code !== 0) return `it does not start: ${tried.output.trim().split('\n').at(-1)}`
    rmSync(folder, { recursive: true, force: true })
    renameSync(target, folder)
    return null
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
