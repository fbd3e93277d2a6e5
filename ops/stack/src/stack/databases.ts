import { join } from 'node:path'
import { type ServiceName, serviceNames } from '@accord/contracts/service'
import { migrate } from '@accord/kit/db/migrate'
import { Client } from 'pg'
import { projectFolder } from '../place.ts'
import { Refusal } from './refusal.ts'
import type { Wiring } from './wiring.ts'

/**
 * A role and a database for every service whose database is embedded. No role may connect to another's. The
 * password is set at every start, so that secrets and roles always agree.
 */
export async function ensureDatabases(adminUrl: string, databases: Wiring['databases']): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    for (const service of serviceNames.filter((name) => databases[name].embedded)) {
      const name = `accord_${service}`
      const password = client.escapeLiteral(new URL(databases[service].url).password)
      const role = await client.query('select from pg_roles where rolname = $1', [name])
      await client.query(`${role.rowCount ? 'alter' : 'create'} role ${name} login password ${password}`)
      const database = await client.query('select from pg_database where datname = $1', [name])
      if (!database.rowCount) await client.query(`create database ${name} owner ${name}`)
      await client.query(`revoke all on database ${name} from public`)
    }
  } finally {
    await client.end()
  }
}

/** Brings one service's schema up to date, under the service's own role. */
export async function migrateService(service: ServiceName, url: string): Promise<void> {
  try {
    await migrate({ url, folder: join(projectFolder, `svc-${service}/migrations`) })
  } catch (error) {
    throw new Refusal(`${service}: ${reasonOf(error, url, service)}`)
  }
}

function reasonOf(error: unknown, url: string, service: ServiceName): string {
  const { hostname, port, pathname, username } = new URL(url)
  const code = codeOf(error)
  const from = `DATABASE_URL_${service.toUpperCase()}`
  if (code === '28P01') return `the database refuses the password of ${username}. Look at ${from}.`
  if (code === '28000') return `the database refuses ${username}. Look at ${from}.`
  if (code === '3D000') return `there is no database ${pathname.slice(1)}. Look at ${from}.`
  if (code && /^E[A-Z]+$/.test(code)) {
    return `no database answers at ${hostname}:${port || 5432} (${code}). Look at ${from}.`
  }
  return error instanceof Error ? error.message : String(error)
}

/** The code of the innermost cause: kit says which migration failed, Postgres why. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const inner = codeOf(error.cause)
  return inner ?? (error as Error & { code?: string }).code
}
