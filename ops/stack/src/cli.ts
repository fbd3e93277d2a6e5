/** What the recipes of the justfile call: `bun ops/stack/src/cli.ts <command> …`. Gives the exit code. */
import { parseArgs } from 'node:util'
import { defaultStackFolder } from './stack/layout.ts'
import { Refusal } from './stack/refusal.ts'

type Command = (args: string[]) => Promise<number>

const folderOption = { folder: { type: 'string', default: defaultStackFolder } } as const

/** Each is loaded when it is called: `status` must not wait for what `up` needs. */
const commands: Record<string, Command> = {
  async up(args) {
    const { values } = parse(args, {
      ...folderOption,
      detach: { type: 'boolean', default: false },
      'free-ports': { type: 'boolean', default: false },
      port: { type: 'string' },
      members: { type: 'string', default: '200' },
      bare: { type: 'boolean', default: false },
    })
    if (values.detach) {
      const { detach } = await import('./command/detach.ts')
      return detach(
        values.folder,
        args.filter((argument) => argument !== '--detach'),
      )
    }
    const { up } = await import('./command/up.ts')
    return up({
      folder: values.folder,
      freePorts: values['free-ports'],
      gatewayPort: values.port === undefined ? null : wholeNumber('--port', values.port, 65_535),
      members: wholeNumber('--members', values.members, 1_000_000),
      bare: values.bare,
    })
  },
  async down(args) {
    const { down } = await import('./command/down.ts')
    return down(parse(args, folderOption).values.folder)
  },
  async status(args) {
    const { status } = await import('./command/status.ts')
    return status(parse(args, folderOption).values.folder)
  },
  async logs(args) {
    const { values, positionals } = parse(args, {
      ...folderOption,
      lines: { type: 'string', default: '100' },
      once: { type: 'boolean', default: false },
    })
    const { logs } = await import('./command/logs.ts')
    const lines = wholeNumber('--lines', values.lines, 100_000)
    return logs(values.folder, positionals, { lines, once: values.once })
  },
  async migrate(args) {
    const { values, positionals } = parse(args, folderOption)
    const { migrateRunning } = await import('./command/services.ts')
    return migrateRunning(values.folder, positionals)
  },
  async seed(args) {
    const { runWith } = await import('./command/with.ts')
    return runWith(defaultStackFolder, 'seed', ['src/main.ts', ...args])
  },
  async rebuild(args) {
    const { runWith } = await import('./command/with.ts')
    return runWith(defaultStackFolder, 'match', ['src/rebuild.ts', ...args])
  },
  async 'dead-letters'(args) {
    const { deadLetters } = await import('./command/services.ts')
    return deadLetters(defaultStackFolder, args)
  },
  async replay(args) {
    const { replay } = await import('./command/services.ts')
    return replay(defaultStackFolder, args)
  },
  async 'rotate-keys'(args) {
    const { rotateKeys } = await import('./command/services.ts')
    return rotateKeys(defaultStackFolder, args)
  },
  async nats(args) {
    const { natsCli } = await import('./command/nats.ts')
    return natsCli(defaultStackFolder, args)
  },
  async tools(args) {
    const { installTools } = await import('./command/tools.ts')
    return installTools(args)
  },
  async test(args) {
    const { test } = await import('./command/test.ts')
    return test(args)
  },
  async check() {
    const { check } = await import('./command/check.ts')
    return check()
  },
  async fmt() {
    const { format } = await import('./command/check.ts')
    return format()
  },
  async dev(args) {
    const { dev } = await import('./command/web.ts')
    return dev(defaultStackFolder, args)
  },
  async api() {
    const { writeApi } = await import('./command/web.ts')
    return writeApi(defaultStackFolder)
  },
  async lighthouse() {
    const { lighthouse } = await import('./command/web.ts')
    return lighthouse(defaultStackFolder)
  },
  async lift(args) {
    const { runProgram } = await import('./command/program.ts')
    return runProgram('ops/lift/src/main.ts', args)
  },
  async bench(args) {
    const { runProgram } = await import('./command/program.ts')
    return runProgram('ops/bench/src/main.ts', args)
  },
}

function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: string[],
  options: T,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new Refusal((error as Error).message)
  }
}

function wholeNumber(name: string, text: string, largest: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > largest) {
    throw new Refusal(`${name} takes a whole number up to ${largest}.`)
  }
  return value
}

const [name = '', ...args] = process.argv.slice(2)
try {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Refusal(`There is no command ${name}. \`just\` alone lists what there is.`)
  process.exit(await command(args))
} catch (error) {
  const plain = error instanceof Refusal || (error as Error).name === 'MissingTool'
  console.error(plain ? (error as Error).message : error)
  process.exit(1)
}
