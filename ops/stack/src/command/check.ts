import { join } from 'node:path'
import { projectFolder } from '../place.ts'

const bin = (name: string) => join(projectFolder, 'node_modules/.bin', name)

export interface Check {
  name: string
  command: string[]
}

/** What holds without running anything: format, lint, the walls between the rooms, types. */
export const checks: readonly Check[] = [
  { name: 'biome', command: [process.execPath, bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: [process.execPath, bin('tsc'), '-p', '.'] },
  // The types of the API are made from the document that web keeps, so that a change of it shows here.
  { name: 'api types', command: [process.execPath, 'web/scripts/write-types.ts'] },
  { name: 'web types', command: [process.execPath, bin('tsc'), '-p', 'web'] },
  // Its functions run in pages, too.
  { name: 'browser test types', command: [process.execPath, bin('tsc'), '-p', 'ops/browser'] },
]

/** `just check`: every check, each to its end. */
export async function check(): Promise<number> {
  let failed = 0
  for (const { name, command } of checks) {
    const code = await terminal(command)
    console.log(`${name}: ${code === 0 ? 'fine' : 'failed'}`)
    if (code !== 0) failed++
  }
  return failed === 0 ? 0 : 1
}

/** `just fmt`: formats, and mends what the linter can mend safely. */
export function format(): Promise<number> {
  return terminal([process.execPath, bin('biome'), 'check', '--write', '.'])
}

function terminal(command: string[]): Promise<number> {
  return Bun.spawn(command, { cwd: projectFolder, stdio: ['ignore', 'inherit', 'inherit'] }).exited
}
