import { type ServiceName, serviceNames } from '@accord/contracts/service'
import { migrateService } from '../stack/databases.ts'
import { Refusal } from '../stack/refusal.ts'
import { runningStack } from './settings.ts'
import { runWith } from './with.ts'

const deadLetterProgram = '../kit/src/consume/dead-letters-cli.ts'

/** `just migrate [service…]`. */
export async function migrateRunning(folder: string, names: readonly string[]): Promise<number> {
  const { stack } = runningStack(folder)
  for (const service of chosen(names)) {
    await migrateService(service, stack.postgres[service] ?? '')
    console.log(`${service}: the schema is up to date`)
  }
  return 0
}

/** `just dead-letters [service [id]]`: those of every service, of one, or one in full. */
export async function deadLetters(folder: string, [name, ...rest]: readonly string[]): Promise<number> {
  const [id] = rest
  if (id && !id.startsWith('--')) return runWith(folder, one(name), [deadLetterProgram, 'show', id])
  return each(chosen(name ? [name] : []), (service) => {
    console.log(`${service}:`)
    return runWith(folder, service, [deadLetterProgram, 'list', ...rest])
  })
}

/** `just replay <service> <id>…` or `--all`. */
export function replay(folder: string, [name, ...ids]: readonly string[]): Promise<number> {
  if (ids.length === 0)
    throw new Refusal('Say whose and which: just replay SERVICE ID, or just replay SERVICE --all')
  return runWith(folder, one(name), [deadLetterProgram, 'replay', ...ids])
}

/** `just rotate-keys [service…] [--resume]`. */
export function rotateKeys(folder: string, args: readonly string[]): Promise<number> {
  const flags = args.filter((argument) => argument.startsWith('--'))
  return each(chosen(args.filter((argument) => !argument.startsWith('--'))), (service) => {
    console.log(`${service}:`)
    return runWith(folder, service, ['../kit/src/crypto/rotate-keys-cli.ts', ...flags])
  })
}

/** One after the other; the first failure's exit code counts, and the rest still run. */
async function each(
  services: readonly ServiceName[],
  act: (service: ServiceName) => Promise<number>,
): Promise<number> {
  let code = 0
  for (const service of services) code = (await act(service)) || code
  return code
}

function chosen(names: readonly string[]): readonly ServiceName[] {
  return names.length === 0 ? serviceNames : names.map(one)
}

/** Accepts `chat` and `svc-chat`. */
function one(name: string | undefined): ServiceName {
  const plain = (name ?? '').replace(/^svc-/, '')
  const found = serviceNames.find((service) => service === plain)
  if (!found) throw new Refusal(`There is no service ${name ?? ''}: it is one of ${serviceNames.join(', ')}.`)
  return found
}
