import pg from 'pg'
import type { Logger } from '../log.ts'

/**
 * Hears NOTIFY on one channel over a connection of its own, reconnecting for ever. Notifications may be
 * missed while it is away: whoever uses it must poll as well, and is told by `onConnect` when to look.
 */
export function listen(options: {
  url: string
  /** A plain identifier. */
  channel: string
  onNotify: (payload: string) => void
  onConnect?: () => void
  log: Logger
}): { stop(): Promise<void> } {
  let stopped = false
  let client: pg.Client | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: options.url,
      application_name: `listen ${options.channel}`,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    })
    client = fresh
    // `end` follows every error; both may come before connect() has settled.
    fresh.on('error', () => {})
    fresh.on('notification', (message) => options.onNotify(message.payload ?? ''))
    try {
      await fresh.connect()
      await fresh.query(`listen ${pg.escapeIdentifier(options.channel)}`)
      fresh.once('end', again)
      failures = 0
      options.onConnect?.()
    } catch (error) {
      options.log.debug('cannot listen', { channel: options.channel, error: String(error) })
      await fresh.end().catch(() => {})
      again()
    }
  }

  function again(): void {
    if (stopped) return
    failures = Math.min(failures + 1, 6)
    timer = setTimeout(start, 100 * 2 ** failures * (0.8 + Math.random() * 0.4))
  }

  let connecting = Promise.resolve()
  function start(): void {
    connecting = connect()
  }
  start()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await connecting
      await client?.end().catch(() => {})
    },
  }
}
