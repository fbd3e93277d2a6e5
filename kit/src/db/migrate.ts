import { promises as fs } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import pg from 'pg'
import type { Logger } from '../log.ts'

/** Folder of a service's migrations: a path, or the `file:` URL that `import.meta.resolve` gives. */
export type MigrationFolder = string

/**
 * Applies every migration of `folder` that the database has not seen, in the order of their names, each
 * run in one transaction under an advisory lock: two that run at once are safe, the second finds nothing to
 * do. Throws the first failure, naming its migration; what came before it in the same run is undone.
 */
export async function migrate(options: {
  url: string
  folder: MigrationFolder
  log?: Logger
}): Promise<void> {
  // A direct connection of its own: statements of a migration may take longer than a request may.
  const pool = new pg.Pool({ connectionString: options.url, application_name: 'migrate', max: 2 })
  pool.on('error', () => {})
  // A server that ends while a client is in use tells the client, and its query fails too: that is enough.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const migrator = new Migrator({ db, provider: providerOf(options.folder) })
    const { error, results } = await migrator.migrateToLatest()
    for (const result of results ?? []) {
      if (result.status === 'Success')
        options.log?.info('migration applied', { migration: result.migrationName })
    }
    if (error) {
      const failed = results?.find((result) => result.status === 'Error')?.migrationName
      throw new Error(`migration ${failed ?? 'run'} failed: ${messageOf(error)}`, { cause: error })
    }
  } finally {
    await db.destroy()
  }
}

/**
 * Refuses, with one line, a database whose schema is not the one this build was made for: a migration that
 * is missing there, or one there that this build does not know.
 */
export async function assertSchema<DB>(db: Kysely<DB>, folder: MigrationFolder): Promise<void> {
  const known = Object.keys(await providerOf(folder).getMigrations()).sort()
  const applied = await appliedMigrations(db)
  const unknown = applied.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new Error(`database schema is newer than this build: it has ${unknown}; start a newer build`)
  }
  const missing = known.find((name) => !applied.includes(name))
  if (missing !== undefined) {
    throw new Error(
      `database schema is older than this build: ${missing} is missing; run \`bun run migrate\``,
    )
  }
}

/** Main of `bun run migrate`: reads DATABASE_URL, says what it did, exits with 1 and one line on failure. */
export async function runMigrate(folder: MigrationFolder): Promise<void> {
  const url = process.env.DATABASE_URL
  if (!url) return exitWith('DATABASE_URL is not set: the address of the database to migrate')
  try {
    await migrate({ url, folder })
    console.log('database schema is up to date')
  } catch (error) {
    exitWith(messageOf(error))
  }
}

async function appliedMigrations<DB>(db: Kysely<DB>): Promise<string[]> {
  const table = await sql<{ there: boolean }>`
    select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (table.rows[0]?.there !== true) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map((row) => row.name)
}

function providerOf(folder: MigrationFolder): FileMigrationProvider {
  const migrationFolder = folder.startsWith('file:') ? fileURLToPath(folder) : path.resolve(folder)
  return new FileMigrationProvider({ fs, path, migrationFolder })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function exitWith(line: string): void {
  console.error(line)
  process.exitCode = 1
}
