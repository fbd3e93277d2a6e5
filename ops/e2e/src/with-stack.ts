/**
 * Runs a command against an Accord of its own: free ports, a temporary folder, no members. Ends it afterwards,
 * whatever happened. With `ACCORD_STACK` set to the address of a stack file it uses that one and starts nothing.
 * `bun src/with-stack.ts bun test`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const cli = resolve(import.meta.dir, '../../stack/src/cli.ts')
// Bun itself need not be on the PATH.
const command = process.argv
  .slice(2)
  .map((word, at) => (at === 0 && word === 'bun' ? process.execPath : word))

process.exit(process.env.ACCORD_STACK ? await run(command, {}) : await withOwnStack())

async function withOwnStack(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'accord-e2e-'))
  // Many people come from one address here: the limits have tests of their own.
  const env = { RATE_LIMIT_SCALE: '100', LOG_LEVEL: 'info' }
  const stack = (...words: string[]) => run([process.execPath, cli, ...words, '--folder', folder], env)
  try {
    const started = await stack('up', '--detach', '--free-ports', '--members', '0')
    return started === 0 ? await run(command, { ACCORD_STACK: join(folder, 'stack.json') }) : started
  } finally {
    await stack('down')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(words: string[], env: Record<string, string>): Promise<number> {
  const child = Bun.spawn(words, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] })
  return child.exited
}
