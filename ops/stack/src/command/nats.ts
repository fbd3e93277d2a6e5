import { basicEnvironment } from '../process/launch.ts'
import { ensureTools } from '../tools/install.ts'
import { toolNamed } from '../tools/table.ts'
import { runningStack } from './settings.ts'

/**
 * `just nats …`: the NATS CLI as the operator, who sees everything and changes nothing. `--context surveyor`
 * looks at the server itself.
 */
export async function natsCli(folder: string, args: readonly string[]): Promise<number> {
  const { layout } = runningStack(folder)
  const program = (await ensureTools([toolNamed('nats')], (line) => console.error(line))).nats as string
  const child = Bun.spawn([program, ...args], {
    // The contexts of this Accord, not those in the home folder.
    env: { ...basicEnvironment(), TERM: process.env.TERM ?? 'dumb', XDG_CONFIG_HOME: layout.natsContexts },
    stdio: ['inherit', 'inherit', 'inherit'],
  })
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return child.exited
}
