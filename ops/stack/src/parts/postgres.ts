import { chmodSync, chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { makeFolder } from '../place.ts'
import { basicEnvironment, type Exit, type Launch } from '../process/launch.ts'
import { lastLine, type Part, PartFailed } from '../process/part.ts'
import type { SystemUser } from '../process/system-user.ts'

export interface PostgresOptions {
  binaries: string
  /** The cluster itself; its parent must be one that `user` can enter. */
  dataFolder: string
  logFile: string
  port: number
  user: SystemUser | null
  password: string
  /** For tests: nothing is flushed to disk. */
  throwAway?: boolean
}

/** The user of the cluster itself; services sign in as roles of their own. */
export const superuser = 'accord_admin'

export function superuserUrl(o: { port: number; password: string }, database = 'postgres'): string {
  return `postgres://${superuser}:${o.password}@127.0.0.1:${o.port}/${database}`
}

/**
 * Makes the cluster when there is none; `run` runs a program to its end. Half of a cluster, from a start
 * that was cut off, never counts.
 */
export async function initPostgres(
  o: PostgresOptions,
  run: (launch: Launch) => Promise<Exit>,
): Promise<void> {
  if (existsSync(join(o.dataFolder, 'PG_VERSION'))) return
  const half = `${o.dataFolder}.new`
  rmSync(half, { recursive: true, force: true })
  makeFolder(dirname(half))
  makeFolder(half, 0o700)
  const passwordFile = `${half}.password`
  writeFileSync(passwordFile, `${o.password}\n`, { mode: 0o600 })
  if (o.user) for (const path of [half, passwordFile]) chownSync(path, o.user.uid, o.user.gid)
  chmodSync(half, 0o700)
  try {
    const { code } = await run({
      command: [
        join(o.binaries, 'bin/initdb'),
        ...[`--pgdata=${half}`, `--username=${superuser}`, `--pwfile=${passwordFile}`],
        // Sorting that is the same on every machine; data is checksummed by default.
        ...[
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
        ],
        ...['--locale=C', '--no-instructions', ...(o.throwAway ? ['--no-sync'] : [])],
      ],
      ...postgresLaunch(o),
    })
    if (code !== 0) throw new PartFailed(`postgres: initdb failed: ${lastLine(o.logFile)}  Log: ${o.logFile}`)
    renameSync(half, o.dataFolder)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** The server on loopback. Stopped fast: clients are disconnected, everything is flushed. */
export function postgresPart(o: PostgresOptions): Part {
  return {
    name: 'postgres',
    launch: {
      command: [
        join(o.binaries, 'bin/postgres'),
        ...['-D', o.dataFolder],
        ...Object.entries(settings(o)).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      ...postgresLaunch(o),
    },
    async ready() {
      const problem = await tryConnect(superuserUrl(o))
      if (problem?.code === '28P01') {
        throw new PartFailed(
          'postgres refuses the administrator’s password: the secrets and the data do not belong together.',
        )
      }
      return problem === null ? null : problem.message
    },
    readyWithinMs: 60_000,
    stop: { signal: 'SIGINT', graceMs: 20_000 },
  }
}

function settings(o: PostgresOptions): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(o.port),
    // TCP alone: a socket's folder would have to be writable for the other user.
    unix_socket_directories: '',
    max_connections: o.throwAway ? '600' : '300',
    shared_buffers: o.throwAway ? '64MB' : '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_duration_statement: '500',
    // Values of parameters are members' data.
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    ...(o.throwAway ? unsafeButQuick : {}),
  }
}

const unsafeButQuick = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_wal_size: '4GB',
  autovacuum: 'off',
}

function postgresLaunch(o: PostgresOptions): Pick<Launch, 'env' | 'logFile' | 'user' | 'cwd'> {
  return {
    env: { ...basicEnvironment(), LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' },
    logFile: o.logFile,
    user: o.user,
    cwd: '/',
  }
}

async function tryConnect(url: string): Promise<{ code?: string; message: string } | null> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return null
  } catch (error) {
    return error as Error & { code?: string }
  } finally {
    await client.end().catch(() => {})
  }
}
