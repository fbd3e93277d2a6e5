import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../place.ts'
import { Refusal } from '../stack/refusal.ts'

/** Runs one of our programs in the terminal, with Bun, in the root of the tree. Gives its exit code. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { env?: Record<string, string>; cwd?: string } = {},
): Promise<number> {
  const path = join(projectFolder, program)
  if (!existsSync(path)) throw new Refusal(`${program} is not in this tree.`)
  const child = Bun.spawn([process.execPath, path, ...args], {
    cwd: options.cwd ?? projectFolder,
    stdio: ['inherit', 'inherit', 'inherit'],
    ...(options.env ? { env: options.env } : {}),
  })
  // Ctrl-C reaches the child by itself, being in our process group: we only wait for it.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return child.exited
}
