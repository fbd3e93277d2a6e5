import { inboxPrefix } from '@accord/contracts/permission'
import type { NatsUser } from '@accord/contracts/service'
import type { ConnectionOptions, NatsConnection } from '@nats-io/nats-core'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import type { Logger } from './log.ts'
import { counter, gauge } from './metrics.ts'
import { patiently } from './patience.ts'

const firstConnectionMs = 30_000
const connected = gauge({ name: 'accord_nats_connected', help: '1 while the connection to NATS stands.' })
const disconnects = counter({
  name: 'accord_nats_disconnects_total',
  help: 'Connections to NATS that were lost.',
})

/**
 * A connection to NATS under a user's own name (what the tools show), inbox and permissions. It waits up to
 * 30 s for the first connection, with growing pauses, and then reconnects for ever. Throws one readable line
 * when NATS cannot be reached or refuses the user.
 */
export async function connectNats(o: {
  url: string
  user: NatsUser
  /** Nkey seed; left out where the server asks for none. */
  seed?: string
  log: Logger
}): Promise<NatsConnection> {
  const log = o.log.child({ component: 'nats' })
  const connection = await connectPatiently(
    {
      servers: o.url.split(','),
      name: o.user,
      inboxPrefix: inboxPrefix(o.user),
      ...(o.seed === undefined ? {} : { authenticator: nkeyAuthenticator(new TextEncoder().encode(o.seed)) }),
      maxReconnectAttempts: -1,
      // Else two refusals in a row (a server with half a configuration) close the connection for good.
      ignoreAuthErrorAbort: true,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      pingInterval: 10_000,
      maxPingOut: 2,
      // Without this every request builds an Error for its stack.
      noAsyncTraces: true,
      timeout: 5_000,
    },
    log,
  )
  connected.set(1)
  watch(connection, log).catch((error: unknown) => log.error('watching the connection failed', { error }))
  return connection
}

async function connectPatiently(options: ConnectionOptions, log: Logger): Promise<NatsConnection> {
  try {
    return await patiently(() => connect(options), {
      what: 'NATS',
      forMs: firstConnectionMs,
      isFinal: isRefusal,
      log,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      isRefusal(error)
        ? `NATS refuses the user "${options.name}": check NATS_SEED. (${reason})`
        : `NATS does not answer at ${String(options.servers)}: check NATS_URL. (${reason})`,
    )
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && /authorization|authentication|nkey/i.test(`${error.name} ${error.message}`)
}

async function watch(connection: NatsConnection, log: Logger): Promise<void> {
  for await (const status of connection.status()) {
    switch (status.type) {
      case 'disconnect':
        connected.set(0)
        disconnects.inc()
        log.warn('NATS is away')
        break
      case 'reconnect':
        connected.set(1)
        log.info('NATS is back')
        break
      case 'error':
        log.error('NATS reports an error', { error: status.error })
        break
      case 'slowConsumer':
        log.warn('a subscription is slow', { pending: status.pending })
        break
      case 'close':
        connected.set(0)
        return
    }
  }
}
