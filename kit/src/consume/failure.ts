import { isAppError } from '../error.ts'

/**
 * What a thrown error means for the event in hand: `dependency` when something it needs is away (wait, and
 * try the same delivery again), `conflict` when another transaction was in the way (again at once),
 * `failure` for everything else.
 */
export type FailureKind = 'dependency' | 'conflict' | 'failure'

/**
 * Of Postgres (https://www.postgresql.org/docs/current/errcodes-appendix.html): shutting down, starting, a
 * standby after a failover, sign-in refused, no such database. Classes 08 (connection) and 53 (resources) too.
 */
const away = new Set(['57P01', '57P02', '57P03', '25006', '28000', '28P01', '3D000'])
const conflicts = new Set(['40001', '40P01', '55P03'])
/** Of sockets, of fetch in Bun, and of nodemailer. */
const network = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  ...['ConnectionRefused', 'ConnectionClosed', 'FailedToOpenSocket'],
  ...['ECONNECTION', 'ESOCKET', 'EDNS'],
])
/** pg and ioredis report these without a code. */
const lost =
  /^(Connection terminated|Connection ended|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Connection is closed|Reached the max retries per request)/

export function kindOf(error: unknown): FailureKind {
  if (isAppError(error)) return error.code === 'unavailable' ? 'dependency' : 'failure'
  if (!(error instanceof Error)) return 'failure'
  const code = 'code' in error ? String(error.code) : ''
  if (conflicts.has(code)) return 'conflict'
  if (away.has(code) || network.has(code) || /^(08|53)...$/.test(code)) return 'dependency'
  if (lost.test(error.message)) return 'dependency'
  return error.cause === undefined ? 'failure' : kindOf(error.cause)
}

/** The delay before delivery `deliveries + 1`, in milliseconds: the policy's step, give or take a tenth. */
export function retryDelayMs(stepsSeconds: readonly number[], deliveries: number): number {
  const step = stepsSeconds[Math.min(deliveries, stepsSeconds.length) - 1] ?? 1
  return Math.round(step * 1000 * (0.9 + Math.random() * 0.2))
}

/** An error as text for a dead letter: message and causes, no stack, bounded. */
export function describe(error: unknown): string {
  const parts: string[] = []
  for (let at: unknown = error; at !== undefined && parts.length < 5; ) {
    parts.push(at instanceof Error ? `${at.name}: ${at.message}` : String(at))
    at = at instanceof Error ? at.cause : undefined
  }
  return parts.join(' <- ').slice(0, 2_000)
}
