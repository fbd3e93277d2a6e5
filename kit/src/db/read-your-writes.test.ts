import { afterAll, beforeAll, expect, test } from 'bun:test'
import { newId } from '@accord/contracts/id'
import { type TestRedis, testRedis } from '@accord/stack/harness'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { silent } from '../fixture/database.sample.ts'
import { type OwnPostgres, startOwnPostgres } from '../fixture/postgres.sample.ts'
import { type Databases, openDatabases } from './database.ts'
import { noteWrite, replicaFor } from './read-your-writes.ts'

interface Tables {
  notes: { text: string }
}
let postgres: OwnPostgres
let server: TestRedis
let redis: Redis
let databases: Databases<Tables>

beforeAll(async () => {
  ;[postgres, server] = await Promise.all([startOwnPostgres(), testRedis()])
  redis = new Redis(server.url, { keyPrefix: server.prefix })
  const url = await postgres.database('notes')
  const replica = new URL(url)
  replica.port = String(await postgres.follow())
  databases = openDatabases<Tables>({ url, replicaUrl: replica.href, name: 'test', log: silent })
  await sql`create table notes (text text)`.execute(databases.primary)
  await replayed()
}, 60_000)
afterAll(async () => {
  await databases.close()
  redis.disconnect()
  await Promise.all([postgres.stop(), server.stop()])
}, 30_000)

/** Resolves once the replica has everything that was written until now. */
async function replayed(): Promise<void> {
  const member = newId('mem')
  await noteWrite(databases, redis, member)
  while ((await replicaFor(databases, redis, member)) !== databases.replica) await Bun.sleep(10)
}

test('who has written nothing reads from the replica', async () => {
  expect(await replicaFor(databases, redis, newId('mem'))).toBe(databases.replica)
})

test('those for whom a write is noted read it while the replica lags, and from the replica once that has it', async () => {
  const [writer, told, other] = [newId('mem'), newId('mem'), newId('mem')]
  await sql`select pg_wal_replay_pause()`.execute(databases.replica)
  await databases.primary.insertInto('notes').values({ text: 'new' }).execute()
  await noteWrite(databases, redis, writer, told)
  const read = async (member: typeof writer) =>
    (await (await replicaFor(databases, redis, member)).selectFrom('notes').selectAll().execute()).length
  expect(await read(writer)).toBe(1)
  expect(await read(told)).toBe(1)
  expect(await read(other)).toBe(0)
  await sql`select pg_wal_replay_resume()`.execute(databases.replica)
  while ((await replicaFor(databases, redis, writer)) !== databases.replica) await Bun.sleep(10)
  expect(await read(other)).toBe(1)
})

test('a write is remembered for 30 seconds', async () => {
  const member = newId('mem')
  await noteWrite(databases, redis, member)
  expect(await redis.ttl(`lsn:${member}`)).toBeWithin(28, 31)
})

test('a write that is noted late does not hide a newer one', async () => {
  const member = newId('mem')
  for (const newer of ['FFFFFFFF/0', '10000000/FFFFFFFF']) {
    await redis.set(`lsn:${member}`, newer)
    await noteWrite(databases, redis, member)
    expect(await redis.get(`lsn:${member}`)).toBe(newer)
  }
  await redis.set(`lsn:${member}`, '0/1')
  await noteWrite(databases, redis, member)
  expect(await redis.get(`lsn:${member}`)).not.toBe('0/1')
})

test('without Redis every member reads from the primary, and noting fails nothing', async () => {
  const away = new Redis('redis://127.0.0.1:1', { retryStrategy: () => null, maxRetriesPerRequest: 0 })
  away.on('error', () => {})
  await noteWrite(databases, away, newId('mem'))
  expect(await replicaFor(databases, away, newId('mem'))).toBe(databases.primary)
  away.disconnect()
})

test('one pool for both is left alone', async () => {
  const one = { ...databases, replica: databases.primary }
  const member = newId('mem')
  await noteWrite(one, redis, member)
  expect(await redis.exists(`lsn:${member}`)).toBe(0)
  expect(await replicaFor(one, redis, member)).toBe(databases.primary)
})

test('a replica that is lost is not waited for', async () => {
  const member = newId('mem')
  await noteWrite(databases, redis, member)
  const nowhere = openDatabases<Tables>({ url: 'postgres://127.0.0.1:1/x', name: 'x', log: silent })
  const broken = { ...databases, replica: nowhere.primary }
  expect(await replicaFor(broken, redis, member)).toBe(databases.primary)
  await nowhere.close()
})
