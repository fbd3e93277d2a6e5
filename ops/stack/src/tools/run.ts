import { spawn } from 'node:child_process'

export interface Ran {
  code: number
  output: string
}

/** Runs a program to its end and gives what it printed, at most the last 64 kB; a missing program is code 127. */
export function run(
  command: readonly [string, ...string[]],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; timeoutMs?: number } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const [file, ...args] = command
    let output = ''
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      timeout: options.timeoutMs ?? 300_000,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    })
    const take = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-65_536)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', (error) => resolve({ code: 127, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
