import { readFileSync } from 'node:fs'
import type { StackFile } from '@accord/stack/stack/report'

/** The running Accord that the tests are pointed at. */
export function runningStack(): StackFile {
  const file = process.env.ACCORD_STACK
  if (!file) throw new Error('ACCORD_STACK names no stack file: run the tests by `bun run test`.')
  return JSON.parse(readFileSync(file, 'utf8')) as StackFile
}
