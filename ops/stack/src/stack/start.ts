import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inboxPrefix } from '@accord/contracts/permission'
import { serviceNames } from '@accord/contracts/service'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import { provision } from '../nats/provision.ts'
import { mailboxPart } from '../parts/mailbox.ts'
import { natsPart } from '../parts/nats.ts'
import { initPostgres, postgresPart, superuserUrl } from '../parts/postgres.ts'
import { postgresBinaries } from '../parts/postgres-binaries.ts'
import { redisPart } from '../parts/redis.ts'
import { answers, servicePart } from '../parts/service.ts'
import { makeFolder, projectFolder } from '../place.ts'
import { basicEnvironment } from '../process/launch.ts'
import { lastLine } from '../process/part.ts'
import { freePort } from '../process/port.ts'
import type { Supervisor } from '../process/supervisor.ts'
import { unprivilegedUser } from '../process/system-user.ts'
import { openSecrets } from '../secret/store.ts'
import { ensureTools } from '../tools/install.ts'
import { toolNamed } from '../tools/table.ts'
import { ensureDatabases, migrateService } from './databases.ts'
import { environmentOf, type Settings, seedEnvironment } from './environment.ts'
import { type Layout, postgresData } from './layout.ts'
import { anyPorts, defaultPorts, type PortName, type Ports, refuseTakenPorts } from './ports.ts'
import { ensureWebBuilt } from './web.ts'
import { type ProcessName, processNames, type Wiring, wire } from './wiring.ts'

export interface StartOptions {
  layout: Layout
  supervisor: Supervisor
  say(line: string): void
  env: Record<string, string | undefined>
  freePorts: boolean
  /** Instead of the usual port of the gateway. */
  gatewayPort: number | null
  /** Demo members to seed an empty Accord with; 0 for none. */
  members: number
  /** The servers alone, none of our processes: whoever works on one runs it by hand. */
  bare: boolean
}

/** What is stopped first has the highest number. */
const tier = { database: 1, broker: 2, helper: 3, service: 4, gateway: 5 }

/** Starts every part in the order in which they need each other, side by side where they do not. */
export async function startStack(o: StartOptions): Promise<Settings> {
  const { layout, supervisor, say } = o
  const binaries = await ensureTools([toolNamed('nats-server'), toolNamed('redis-server')], say)
  const ports = await choosePorts(o)
  const secrets = openSecrets(layout)
  const wiring = wire(ports, await choosePrivatePorts(), secrets, o.env)
  const settings: Settings = { wiring, secrets, layout, env: o.env, webFolder: null }
  await refuseTakenPorts(neededPorts(wiring, o.bare))
  for (const name of ['postgres', 'nats', 'redis', 'mailbox', 'checkout', 'web', ...processNames, 'seed']) {
    rollLog(layout.log(name))
  }

  await allDone([
    startPostgres(settings, o).then(() => migrateAll(wiring, say)),
    startNats(settings, o, binaries['nats-server'] as string),
    startRedis(settings, o, binaries['redis-server'] as string),
    startMailbox(settings, o),
    startCheckout(settings, o),
    buildWeb(settings, o),
  ])
  if (o.bare) return settings
  await allDone(serviceNames.map((service) => startProcess(service, settings, o)))
  await startProcess('gateway', settings, o)
  await untilRoutesAreThere(wiring, supervisor)
  await seedOnce(settings, o)
  return settings
}

async function choosePorts(o: StartOptions): Promise<Ports> {
  const ports = o.freePorts ? await anyPorts() : { ...defaultPorts }
  return o.gatewayPort === null ? ports : { ...ports, gateway: o.gatewayPort }
}

async function choosePrivatePorts(): Promise<Record<ProcessName, number>> {
  const ports = await Promise.all(processNames.map(() => freePort()))
  return Object.fromEntries(processNames.map((name, index) => [name, ports[index]])) as Wiring['metrics']
}

function neededPorts({ ports, embedded }: Wiring, bare: boolean): Partial<Ports> {
  const users: Record<PortName, boolean> = {
    gateway: !bare,
    mailbox: embedded.mailbox,
    smtp: embedded.mailbox,
    checkout: embedded.stripe && !bare,
    nats: embedded.nats,
    natsMonitor: embedded.nats,
    postgres: embedded.postgres,
    redis: embedded.redis,
  }
  return Object.fromEntries(Object.entries(ports).filter(([name]) => users[name as PortName]))
}

async function startPostgres({ wiring, secrets, layout }: Settings, o: StartOptions): Promise<void> {
  if (!wiring.embedded.postgres) return
  const since = performance.now()
  const user = unprivilegedUser()
  const dataFolder = postgresData(layout, user)
  makeFolder(dirname(dataFolder))
  const options = {
    binaries: postgresBinaries(user),
    dataFolder,
    logFile: layout.log('postgres'),
    port: wiring.ports.postgres,
    user,
    password: secrets.postgresAdmin,
  }
  await initPostgres(options, (program) => o.supervisor.run('initdb', program))
  await o.supervisor.start(postgresPart(options), tier.database)
  await ensureDatabases(superuserUrl(options), wiring.databases)
  o.say(`postgres is ready ${took(since)}`)
}

async function migrateAll(wiring: Wiring, say: (line: string) => void): Promise<void> {
  const since = performance.now()
  const present = serviceNames.filter((service) =>
    existsSync(join(projectFolder, `svc-${service}/migrations`)),
  )
  await allDone(present.map((service) => migrateService(service, wiring.databases[service].url)))
  say(`databases are migrated ${took(since)}`)
}

async function startNats(
  { wiring, secrets, layout }: Settings,
  o: StartOptions,
  binary: string,
): Promise<void> {
  const since = performance.now()
  if (wiring.embedded.nats) {
    const { nats: port, natsMonitor: monitorPort } = wiring.ports
    const part = natsPart({
      binary,
      folder: layout.data('nats'),
      logFile: layout.log('nats'),
      port,
      monitorPort,
      seeds: secrets.nats,
    })
    await o.supervisor.start(part, tier.broker)
  }
  const seed = o.env.NATS_SEED_PROVISIONER ?? secrets.nats.provisioner
  const connection = await connect({
    servers: wiring.natsUrl,
    name: 'provisioner',
    inboxPrefix: inboxPrefix('provisioner'),
    authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
    timeout: 10_000,
  })
  try {
    const { created, updated } = await provision(connection)
    const change = created.length + updated.length
    o.say(
      `nats is ready${change > 0 ? `, ${created.length} made, ${updated.length} changed` : ''} ${took(since)}`,
    )
  } finally {
    await connection.close()
  }
}

async function startRedis(
  { wiring, secrets, layout }: Settings,
  o: StartOptions,
  binary: string,
): Promise<void> {
  if (!wiring.embedded.redis) return
  const part = redisPart({
    binary,
    folder: layout.data('redis'),
    logFile: layout.log('redis'),
    port: wiring.ports.redis,
    password: secrets.redis,
  })
  await o.supervisor.start(part, tier.broker)
}

async function startMailbox({ wiring, layout }: Settings, o: StartOptions): Promise<void> {
  if (!wiring.embedded.mailbox) return
  const part = mailboxPart({
    folder: layout.data('mail'),
    logFile: layout.log('mailbox'),
    smtpPort: wiring.ports.smtp,
    webPort: wiring.ports.mailbox,
  })
  await o.supervisor.start(part, tier.helper)
}

async function startCheckout({ wiring, layout }: Settings, o: StartOptions): Promise<void> {
  if (!wiring.embedded.stripe || o.bare) return
  const part = servicePart({
    name: 'checkout',
    folder: 'ops/stripe-sandbox',
    logFile: layout.log('checkout'),
    readyUrl: `http://127.0.0.1:${wiring.ports.checkout}/healthz`,
    env: {
      PORT: String(wiring.ports.checkout),
      STRIPE_API_KEY: wiring.stripe.apiKey,
      STRIPE_WEBHOOK_SECRET: wiring.stripe.webhookSecret,
      WEBHOOK_URL: `http://127.0.0.1:${wiring.ports.gateway}/api/v1/billing/webhooks/stripe`,
      DATA_DIR: makeFolder(layout.data('checkout'), 0o700),
    },
  })
  await o.supervisor.start(part, tier.helper)
}

async function buildWeb(settings: Settings, o: StartOptions): Promise<void> {
  if (o.bare || o.env.WEB_DIST !== undefined) return
  settings.webFolder = await ensureWebBuilt({
    run: (program) => o.supervisor.run('web', program),
    logFile: settings.layout.log('web'),
    say: o.say,
  })
}

async function startProcess(name: ProcessName, settings: Settings, o: StartOptions): Promise<void> {
  const since = performance.now()
  const folder = name === 'gateway' ? name : `svc-${name}`
  if (!existsSync(join(projectFolder, folder, 'src/main.ts'))) return o.say(`${name} is not in this tree`)
  const part = servicePart({
    name,
    folder,
    env: environmentOf(name, settings),
    logFile: settings.layout.log(name),
    readyUrl: `http://127.0.0.1:${settings.wiring.metrics[name]}/readyz`,
  })
  await o.supervisor.start(part, name === 'gateway' ? tier.gateway : tier.service)
  o.say(`${name} is ready ${took(since)}`)
}

/** The gateway is ready before it has met every service: wait until each one's operations are offered. */
async function untilRoutesAreThere(wiring: Wiring, supervisor: Supervisor): Promise<void> {
  if (supervisor.pids().gateway === undefined) return
  const url = `http://127.0.0.1:${wiring.ports.gateway}/openapi.json`
  for (const deadline = Date.now() + 20_000; Date.now() < deadline && !supervisor.isStopping(); ) {
    if ((await answers(url)) === null) return
    await Bun.sleep(50)
  }
}

/** Demo members, the first time only. A failure is told and stops nothing. */
async function seedOnce(settings: Settings, o: StartOptions): Promise<void> {
  const mark = settings.layout.data('seeded')
  const program = join(projectFolder, 'ops/seed/src/main.ts')
  const embedded = Object.values(settings.wiring.databases).every((database) => database.embedded)
  if (o.members === 0 || !embedded || existsSync(mark) || !existsSync(program)) return
  const since = performance.now()
  const { code } = await o.supervisor.run('seed', {
    command: [process.execPath, program, '--members', String(o.members)],
    cwd: join(projectFolder, 'ops/seed'),
    env: { ...basicEnvironment(), ...seedEnvironment(settings) },
    logFile: settings.layout.log('seed'),
  })
  if (code === 0) {
    writeFileSync(mark, `${o.members}\n`)
    o.say(`${o.members} demo members are in ${took(since)}`)
  } else {
    o.say(`demo members could not be made: ${lastLine(settings.layout.log('seed'))}  Try again: just seed`)
  }
}

/** Waits for all, also when one fails: nothing may still be at work when the rest is stopped. */
async function allDone(tasks: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(tasks)).find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

/** Keeps one older log beside the present one when it has grown. */
function rollLog(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.1`)
}

const took = (since: number) => `(${((performance.now() - since) / 1000).toFixed(1)} s)`
