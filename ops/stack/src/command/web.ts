import { join } from 'node:path'
import { projectFolder } from '../place.ts'
import { runProgram } from './program.ts'
import { runningStack } from './settings.ts'

const folder = join(projectFolder, 'web')

/** `just dev`: the web app from its sources, each change shown at once; requests go to the running stack. */
export function dev(stackFolder: string, args: readonly string[]): Promise<number> {
  const { stack } = runningStack(stackFolder)
  const env = { ...(process.env as Record<string, string>), ACCORD_URL: stack.gateway }
  return runProgram('web/node_modules/vite/bin/vite.js', args, { cwd: folder, env })
}

/** `just api`: the running stack's document to `web/openapi.json`. */
export function writeApi(stackFolder: string): Promise<number> {
  const { stack } = runningStack(stackFolder)
  return runProgram('web/scripts/write-api.ts', ['--url', stack.gateway], { cwd: folder })
}

/** `just lighthouse`: the pages that members see first, as a phone on a slow network gets them. */
export function lighthouse(stackFolder: string): Promise<number> {
  const { layout } = runningStack(stackFolder)
  const env = { ...(process.env as Record<string, string>), ACCORD_STACK: layout.stackFile }
  return runProgram('ops/browser/src/lighthouse.ts', [], { env })
}
