import { run } from './run.ts'

/** The version that a program tells about itself (`1.2.3`), or null. */
export async function versionOf(path: string): Promise<string | null> {
  for (const flag of ['--version', 'version']) {
    const { code, output } = await run([path, flag], { timeoutMs: 10_000 })
    const version = /(\d+\.\d+\.\d+)/.exec(output)?.[1]
    if (code === 0 && version) return version
  }
  return null
}

/** Whether `version` is `minimum` or newer. */
export function atLeast(version: string, minimum: string): boolean {
  return Bun.semver.order(version, minimum) >= 0
}
