import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServiceName } from '@accord/contracts/service'
import { migrate } from '@accord/kit/db/migrate'
import { createLogger } from '@accord/kit/log'
import { Client } from 'pg'
import { askKeeper } from '../keeper/client.ts'

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/**
 * A database of its own for one test file: cloned from a template that the first test of a run migrated, and
 * owned by the service's role, which is no superuser, as in production. `migrations` is the service's folder
 * of migrations, as a path or a file URL. Dropped by `drop`, else when the test process ends.
 */
export async function createTestDatabase(
  service: ServiceName | 'kit',
  migrations: string,
): Promise<TestDatabase> {
  const admin = await askKeeper({ ask: 'postgres' })
  const folder = migrations.startsWith('file:') ? fileURLToPath(migrations) : migrations
  const role = `accord_${service}`
  const name = `test_${service}_${randomBytes(6).toString('hex')}`
  await askKeeper({ ask: 'own-database', name })
  await withClient(admin, async (client) => {
    const template = await ensureTemplate(client, admin, role, folder)
    await client.query(`create database ${name} template ${template} owner ${role}`)
  })
  return {
    url: roleUrl(admin, role, name),
    drop: () =>
      withClient(admin, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`)
      }),
  }
}

/** The migrated template for this folder; made once by whoever comes first, renamed when it is whole. */
async function ensureTemplate(client: Client, admin: string, role: string, folder: string): Promise<string> {
  const template = `template_${role}_${hashOf(folder)}`
  const exists = async () =>
    (await client.query('select from pg_database where datname = $1', [template])).rowCount === 1
  if (await exists()) return template
  // One at a time for all templates: roles belong to the whole cluster.
  await client.query(`select pg_advisory_lock(hashtext('accord test template'))`)
  try {
    if (await exists()) return template
    await ensureRole(client, admin, role)
    const half = `${template}_half`
    await client.query(`drop database if exists ${half} with (force)`)
    await client.query(`create database ${half} owner ${role}`)
    await client.query(`revoke all on database ${half} from public`)
    await migrate({
      url: roleUrl(admin, role, half),
      folder,
      log: createLogger({ service: 'test', level: 'error' }),
    })
    // Nobody may hold a connection to a template while it is copied.
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [half])
    await client.query(`alter database ${half} rename to ${template}`)
    await client.query(`alter database ${template} allow_connections false`)
    return template
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('accord test template'))`)
  }
}

async function ensureRole(client: Client, admin: string, role: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  if (rowCount === 0) {
    await client.query(`create role ${role} login password ${client.escapeLiteral(new URL(admin).password)}`)
  }
}

/** Changes whenever a migration or one of kit's table makers does. */
function hashOf(folder: string): string {
  const hash = createHash('sha256')
  const kit = fileURLToPath(new URL('.', import.meta.resolve('@accord/kit/db/migrate')))
  for (const from of [folder, kit]) {
    for (const file of readdirSync(from).filter(isCode).sort()) {
      hash.update(file).update(readFileSync(join(from, file)))
    }
  }
  return hash.digest('hex').slice(0, 12)
}

const isCode = (file: string) => file.endsWith('.ts') && !file.endsWith('.test.ts')

function roleUrl(admin: string, role: string, database: string): string {
  const url = new URL(admin)
  url.username = role
  url.pathname = `/${database}`
  return url.href
}

/** Runs `use` on a connection of its own. */
export async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
