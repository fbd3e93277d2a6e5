import { join } from 'node:path'
import { projectFolder } from '../place.ts'
import { basicEnvironment } from '../process/launch.ts'
import { environmentOf, seedEnvironment } from '../stack/environment.ts'
import type { ProcessName } from '../stack/wiring.ts'
import { runProgram } from './program.ts'
import { runningSettings } from './settings.ts'

/**
 * Runs a program in the terminal with the environment that the named process has in the running stack (for
 * `seed`: of every service). The program's path counts from that package's folder.
 */
export function runWith(
  folder: string,
  name: ProcessName | 'seed',
  [program = '', ...args]: readonly string[],
): Promise<number> {
  const settings = runningSettings(folder)
  const env = name === 'seed' ? seedEnvironment(settings) : environmentOf(name, settings)
  const at = name === 'seed' ? 'ops/seed' : name === 'gateway' ? name : `svc-${name}`
  return runProgram(join(at, program), args, {
    cwd: join(projectFolder, at),
    env: { ...basicEnvironment(), ...env },
  })
}
