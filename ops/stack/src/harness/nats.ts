import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConsumerName } from '@accord/contracts/consumer'
import { inboxPrefix } from '@accord/contracts/permission'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { connect as connectTo, nkeyAuthenticator } from '@nats-io/transport-node'
import { askKeeper } from '../keeper/client.ts'
import { renderConfiguration, renderLocal } from '../nats/configuration.ts'
import { generateSeeds, type NatsIdentity } from '../nats/identity.ts'
import { provision } from '../nats/provision.ts'
import { markOf } from '../process/alive.ts'
import { launch, type Running } from '../process/launch.ts'
import { ensureTools } from '../tools/install.ts'
import { toolNamed } from '../tools/table.ts'
import { caughtUp } from './caught-up.ts'

export interface TestNats {
  url: string
  /** The nkey seed of a user: what a service gets as NATS_SEED. */
  seedOf(user: NatsIdentity): string
  /** A connection under that user's own name, inbox and permissions. Closed by `stop`. */
  connect(user: NatsIdentity): Promise<NatsConnection>
  /** Resolves once these consumers have settled all that their streams hold for them. */
  caughtUp(...names: ConsumerName[]): Promise<void>
  /** Stops the server in order, when it runs, and starts it again on the same port and data. */
  restart(): Promise<void>
  /** Ends the server as a power cut would. `restart` brings it back. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/**
 * A nats-server of its own with the configuration of production: accounts, users, permissions; streams,
 * consumers and buckets made by the same job. JetStream's data lies in a temporary folder.
 */
export async function startTestNats(): Promise<TestNats> {
  const binary = (await ensureTools([toolNamed('nats-server')]))['nats-server'] as string
  const folder = mkdtempSync(join(tmpdir(), 'accord-nats-'))
  const seeds = generateSeeds()
  const configure = (port: number) =>
    writeFileSync(
      join(folder, 'local.conf'),
      renderLocal({
        serverName: 'accord-test',
        listen: `127.0.0.1:${port}`,
        storeFolder: join(folder, 'jetstream'),
        syncAlways: false,
        seeds,
        portsFolder: folder,
      }),
      { mode: 0o600 },
    )
  writeFileSync(join(folder, 'nats-server.conf'), renderConfiguration())
  configure(-1)

  let server: Running
  const start = async (): Promise<number> => {
    server = launch({
      command: [binary, '-c', join(folder, 'nats-server.conf')],
      logFile: join(folder, 'nats-server.log'),
    })
    await askKeeper({ ask: 'own-process', mark: markOf(server.pid), folder, graceMs: 500 })
    return listeningPort(folder, server)
  }
  const port = await start()
  configure(port)
  const url = `nats://127.0.0.1:${port}`
  const connections = new Set<NatsConnection>()

  const connect = async (user: NatsIdentity): Promise<NatsConnection> => {
    const connection = await connectTo({
      servers: url,
      name: user,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(seeds[user])),
      inboxPrefix: user === 'surveyor' ? '_INBOX' : inboxPrefix(user),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 50,
      reconnectJitter: 20,
    })
    connections.add(connection)
    return connection
  }
  const provisioner = await connect('provisioner')
  await provision(provisioner)
  const manager = await jetstreamManager(provisioner)

  return {
    url,
    seedOf: (user) => seeds[user],
    connect,
    async caughtUp(...names) {
      await Promise.all(names.map((name) => caughtUp(manager, name)))
    },
    async restart() {
      await server.stop()
      await start()
    },
    kill: () => server.stop({ signal: 'SIGKILL' }),
    async stop() {
      await Promise.all([...connections].map((connection) => connection.close().catch(() => {})))
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The port from the file that the server writes once it listens. */
async function listeningPort(folder: string, server: Running): Promise<number> {
  const name = new RegExp(`_${server.pid}\\.ports$`)
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await Bun.sleep(5)) {
    const file = readdirSync(folder).find((entry) => name.test(entry))
    const text = file ? readFileSync(join(folder, file), 'utf8') : ''
    const address = text.endsWith('}') ? (JSON.parse(text).nats[0] as string) : null
    if (address) return Number(new URL(address).port)
    if (server.exit()) break
  }
  const log = readFileSync(join(folder, 'nats-server.log'), 'utf8').trim().split('\n').slice(-3).join('\n')
  throw new Error(`nats-server does not start: ${log}`)
}
