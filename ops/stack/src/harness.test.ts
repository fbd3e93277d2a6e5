import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createActorVerifier } from '@accord/kit/actor'
import { systemClock } from '@accord/kit/clock'
import { jetstream } from '@nats-io/jetstream'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import {
  createTestDatabase,
  someoneWaits,
  startTestNats,
  type TestDatabase,
  type TestNats,
  testActor,
  testActorKeys,
  testClock,
  testKeyring,
  testRedis,
} from './harness.ts'

const migrations = `${import.meta.dir}/harness/sample-migrations`

describe('a test database', () => {
  const made: TestDatabase[] = []
  afterAll(() => Promise.all(made.map((database) => database.drop())))
  const create = async () => {
    const database = await createTestDatabase('kit', migrations)
    made.push(database)
    return connect(database)
  }
  const connect = async ({ url }: TestDatabase) => {
    const client = new Client(url)
    await client.connect()
    return client
  }

  test('is migrated, empty and apart from every other', async () => {
    const [one, other] = await Promise.all([create(), create()])
    await one.query(`insert into erasures (owner) values ('a')`)
    expect((await one.query('select * from erasures')).rowCount).toBe(1)
    expect((await other.query('select * from erasures')).rowCount).toBe(0)
    await Promise.all([one.end(), other.end()])
  })
  test('belongs to the service’s role, which is no superuser', async () => {
    const client = await create()
    const { rows } = await client.query(
      'select current_user as name, rolsuper from pg_roles where rolname = current_user',
    )
    expect(rows).toEqual([{ name: 'accord_kit', rolsuper: false }])
    await client.end()
  })
  test('says when somebody waits for a lock in it, and not before', async () => {
    const database = await createTestDatabase('kit', migrations)
    made.push(database)
    const [holder, waiter] = await Promise.all([connect(database), connect(database)])
    const told: string[] = []
    const waiting = someoneWaits(database.url).then(() => told.push('waits'))
    await holder.query('begin')
    await holder.query('lock table erasures')
    expect(told).toEqual([])
    const read = waiter.query('select from erasures').then(() => told.push('read'))
    await waiting
    await holder.query('commit')
    await read
    expect(told).toEqual(['waits', 'read'])
    await Promise.all([holder.end(), waiter.end()])
  })
})

describe('a test nats-server', () => {
  let nats: TestNats
  beforeAll(async () => {
    nats = await startTestNats()
  })
  afterAll(() => nats.stop())

  test('has caught up only once what was published last is acknowledged', async () => {
    const [match, chat] = await Promise.all([nats.connect('match'), nats.connect('chat')])
    const publisher = jetstream(match)
    const acknowledged = new Set<number>()
    const consumer = await jetstream(chat).consumers.get('MATCH', 'chat-matches')
    const messages = await consumer.consume({
      callback: (message) => {
        acknowledged.add(message.seq)
        message.ack()
      },
    })
    for (let round = 0; round < 500; round++) {
      const { seq } = await publisher.publish('evt.match.match.created.mat_1', '{}')
      await nats.caughtUp('chat-matches')
      expect(acknowledged).toContain(seq)
    }
    await messages.close()
  })
  test('comes back on the same address after it was killed, and clients find it again', async () => {
    const chat = await nats.connect('chat')
    const lost = (async () => {
      for await (const status of chat.status()) if (status.type === 'reconnect') return status.type
    })()
    await nats.kill()
    await nats.restart()
    expect(await lost).toBe('reconnect')
    await chat.flush()
  })
})

test('a redis prefix is emptied at its end and touches no other', async () => {
  const [one, other] = await Promise.all([testRedis(), testRedis()])
  const redis = new Redis(one.url)
  await redis.mset(`${one.prefix}a`, '1', `${other.prefix}a`, '1')
  await one.stop()
  expect(await redis.mget(`${one.prefix}a`, `${other.prefix}a`)).toEqual([null, '1'])
  await other.stop()
  redis.disconnect()
})

test('the clock moves only when it is told to', () => {
  const clock = testClock('2026-03-01T12:00:00Z')
  const before = clock().getTime()
  clock.advance(1500)
  expect(clock().getTime() - before).toBe(1500)
})

test('an asserted actor is who the service sees, and no other service accepts it', async () => {
  const keys = testActorKeys()
  const actor = testActor({ role: 'companion' })
  const assertion = await keys.assert(actor, 'chat')
  const verifier = (service: 'chat' | 'match') =>
    createActorVerifier({ publicJwk: JSON.parse(keys.publicKey), service, clock: systemClock })
  expect(await verifier('chat').verify(assertion)).toEqual(actor)
  expect(await verifier('match').verify(assertion)).toBeNull()
})

test('a test keyring unwraps what it wrapped', async () => {
  const { keyring, remove } = testKeyring()
  const wrapped = await keyring.wrap(new Uint8Array(32).fill(7), 'mem_1')
  expect([...(await keyring.unwrap(wrapped, 'mem_1'))]).toEqual(Array(32).fill(7))
  remove()
})
