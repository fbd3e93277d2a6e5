import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sql } from 'kysely'
import { kindOf } from '../consume/failure.ts'
import { openFixture, silent } from '../fixture/database.sample.ts'
import { startProxy } from '../fixture/proxy.sample.ts'
import { openDatabases } from './database.ts'

let fixture: Awaited<ReturnType<typeof openFixture>>
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.drop())

test('connections that Postgres ends are replaced', async () => {
  const { primary } = fixture
  const pid = async () =>
    (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(primary)).rows[0]?.pid ?? 0
  const before = await pid()
  const other = openDatabases({ url: fixture.url, name: 'other', log: silent })
  await sql`select pg_terminate_backend(${before})`.execute(other.primary)
  // The news may reach the pool before, in or after a query.
  let after = before
  while (after === before) after = await pid().catch(() => before)
  expect(after).not.toBe(before)
  await other.close()
})

test('a statement that takes too long is ended', async () => {
  const hasty = openDatabases({ url: fixture.url, name: 'hasty', log: silent, statementTimeoutMs: 50 })
  await expect(sql`select pg_sleep(5)`.execute(hasty.primary)).rejects.toMatchObject({ code: '57014' })
  await hasty.close()
})

test('a connection that has gone silent is given up, and another one used', async () => {
  const way = await startProxy(fixture.url)
  const hasty = openDatabases({
    url: way.url,
    name: 'hasty',
    log: silent,
    poolSize: 1,
    statementTimeoutMs: 50,
  })
  const one = () => sql`select 1 as one`.execute(hasty.primary)
  await one()
  way.freeze()
  const error = await one().catch((thrown) => thrown)
  expect(kindOf(error)).toBe('dependency')
  expect((await one()).rows).toEqual([{ one: 1 }])
  way.freeze()
  const undone = hasty.primary.transaction().execute((trx) => sql`select 1`.execute(trx))
  expect(kindOf(await undone.catch((thrown) => thrown))).toBe('dependency')
  expect((await one()).rows).toEqual([{ one: 1 }])
  await hasty.close()
  way.stop()
}, 60_000)

test('a lock that is not given in time is an error', async () => {
  const hasty = openDatabases({ url: fixture.url, name: 'hasty', log: silent, lockTimeoutMs: 50 })
  await fixture.primary.transaction().execute(async (trx) => {
    await sql`lock table effects`.execute(trx)
    await expect(sql`select * from effects`.execute(hasty.primary)).rejects.toMatchObject({ code: '55P03' })
  })
  await hasty.close()
})

test('every session says whose it is and ends idle transactions', async () => {
  const { rows } = await sql`
    select current_setting('application_name') as name,
      current_setting('idle_in_transaction_session_timeout') as idle`.execute(fixture.primary)
  expect(rows).toEqual([{ name: 'kit-test', idle: '30s' }])
})

test('bigints arrive as numbers or not at all, dates as they are written', async () => {
  const { rows } = await sql`select 12::bigint as n, date '1994-05-17' as d`.execute(fixture.primary)
  expect(rows).toEqual([{ n: 12, d: '1994-05-17' }])
  await expect(sql`select 9007199254740993::bigint as n`.execute(fixture.primary)).rejects.toThrow(/2\^53/)
})

test('without a replica both handles are one pool', () => {
  expect(fixture.replica).toBe(fixture.primary)
})
