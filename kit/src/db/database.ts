import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { recordQuery } from './query-span.ts'

/** Writes, and reads that must be current, go to `primary`; reads that may lag go to `replica`. */
export interface Databases<DB> {
  primary: Kysely<DB>
  /** The same pool as `primary` until a replica address is set. */
  replica: Kysely<DB>
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`. */
  url: string
  replicaUrl?: string | undefined
  /** Shown by Postgres as application_name. */
  name: string
  log: Logger
  /** Connections of each pool, at most. */
  poolSize?: number | undefined
  statementTimeoutMs?: number | undefined
  lockTimeoutMs?: number | undefined
}

/**
 * Opens the pools without connecting; the first query connects. Every wait has an end: connecting 5 s, a
 * statement 10 s (15 s when the server says nothing at all), a lock 5 s, an idle transaction 30 s. `bigint`
 * columns arrive as numbers (a value past 2^53 throws), `date` columns as `YYYY-MM-DD`.
 */
export function openDatabases<DB>(options: DatabaseOptions): Databases<DB> {
  const primary = openPool<DB>(options, options.url)
  const ownReplica = options.replicaUrl !== undefined && options.replicaUrl !== options.url
  const replica = ownReplica ? openPool<DB>(options, options.replicaUrl ?? options.url) : primary
  return {
    primary,
    replica,
    async close() {
      await primary.destroy()
      if (ownReplica) await replica.destroy()
    },
  }
}

/** How much later than the server this side gives up: only when the server cannot say so any more. */
const silenceMs = 5_000

function openPool<DB>(options: DatabaseOptions, url: string): Kysely<DB> {
  const statementTimeoutMs = options.statementTimeoutMs ?? 10_000
  const pool = new pg.Pool({
    connectionString: url,
    application_name: options.name,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + silenceMs,
    lock_timeout: options.lockTimeoutMs ?? 5_000,
    idle_in_transaction_session_timeout: 30_000,
    types: { getTypeParser },
  })
  // A connection that dies while idle reports here; without a handler it would end the process. The pool
  // replaces it, and a query that was running on it gets the error itself.
  const lost = (error: Error) => options.log.warn('database connection lost', { error: error.message })
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  pool.on('release', (_error, client) => void endWhenBusy(client))
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }), log: recordQuery })
}

/**
 * A connection whose query was given up still waits for the answer, and so would the next query on it: when
 * the server's machine is gone, until the system notices, a quarter of an hour later. The pool drops what ends.
 */
async function endWhenBusy(client: pg.PoolClient & { readyForQuery?: boolean }): Promise<void> {
  if (client.readyForQuery === false) await (client as unknown as pg.Client).end().catch(() => {})
}

const int8 = 20
const date = 1082

/** Types of pg that would surprise: bigint as text, and date as midnight in the process's own zone. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (format !== 'binary') {
    if (oid === int8) return safeInteger
    if (oid === date) return (text: string) => text
  }
  return pg.types.getTypeParser(oid, format)
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint of the database is past 2^53')
  return value
}
