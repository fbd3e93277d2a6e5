import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@accord/stack/harness'
import { sql } from 'kysely'
import { silent } from '../fixture/database.sample.ts'
import { type Databases, openDatabases } from './database.ts'
import { assertSchema, migrate } from './migrate.ts'

const none = mkdtempSync(join(tmpdir(), 'accord-migrations-'))
const first = mkdtempSync(join(tmpdir(), 'accord-migrations-'))
const second = mkdtempSync(join(tmpdir(), 'accord-migrations-'))
const broken = mkdtempSync(join(tmpdir(), 'accord-migrations-'))
const step = (table: string, also = '') => `import { sql } from '${import.meta.resolve('kysely')}'
export async function up(db) {
  await sql\`create table ${table} (id int)\`.execute(db)
  ${also}
}`
let database: TestDatabase
let databases: Databases<unknown>

beforeAll(async () => {
  writeFileSync(join(first, '0001_a.ts'), step('a'))
  writeFileSync(join(second, '0001_a.ts'), step('a'))
  writeFileSync(join(second, '0002_b.ts'), step('b'))
  writeFileSync(join(broken, '0001_a.ts'), step('a'))
  writeFileSync(join(broken, '0002_b.ts'), step('b'))
  writeFileSync(join(broken, '0003_c.ts'), step('c', `throw new Error('no more')`))
  database = await createTestDatabase('kit', none)
  databases = openDatabases({ url: database.url, name: 'test', log: silent })
})
afterAll(async () => {
  await databases.close()
  await database.drop()
  for (const folder of [none, first, second, broken]) rmSync(folder, { recursive: true })
})

test('an older schema is refused with one line that names what is missing', async () => {
  await expect(assertSchema(databases.primary, first)).rejects.toThrow(/older than this build: 0001_a/)
})

test('several at once apply each migration once', async () => {
  await Promise.all(Array.from({ length: 4 }, () => migrate({ url: database.url, folder: first })))
  await assertSchema(databases.primary, first)
  await assertSchema(databases.primary, new URL(`file://${first}`).href)
})

test('a schema with a migration that is not known is refused', async () => {
  await migrate({ url: database.url, folder: second })
  await expect(assertSchema(databases.primary, first)).rejects.toThrow(/newer than this build: it has 0002_b/)
})

test('a migration that fails is named and leaves nothing', async () => {
  await expect(migrate({ url: database.url, folder: broken })).rejects.toThrow(/0003_c failed: no more/)
  const { rows } = await sql`select to_regclass('c') as c`.execute(databases.primary)
  expect(rows).toEqual([{ c: null }])
  await assertSchema(databases.primary, second)
})
