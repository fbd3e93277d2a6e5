import { afterAll, beforeAll, expect, test } from 'bun:test'
import { newId, toUuid } from '@accord/contracts/id'
import { testClock } from '@accord/stack/harness'
import { sql } from 'kysely'
import { openFixture } from '../fixture/database.sample.ts'
import { deleteExpired } from './retention.ts'

let fixture: Awaited<ReturnType<typeof openFixture>>
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.drop())

const clock = testClock()
const ago = (ms: number) => new Date(clock().getTime() - ms)
const hour = 3600_000

test('inbox rows go after 30 days and idempotency rows after 24 hours, however many there are', async () => {
  const inboxRow = (processed_at: Date) => ({ consumer: 'c', event_id: toUuid(newId('evt')), processed_at })
  const old = Array.from({ length: 2_500 }, () => inboxRow(ago(30 * 24 * hour + 1)))
  await fixture.primary
    .insertInto('inbox')
    .values([...old, inboxRow(ago(29 * 24 * hour))])
    .execute()
  const key = (name: string, created_at: Date) => ({
    actor: 'a',
    operation: 'o',
    key: name,
    body_hash: Buffer.alloc(32),
    answer: null,
    created_at,
  })
  await fixture.primary
    .insertInto('idempotency_keys')
    .values([key('old', ago(25 * hour)), key('new', ago(23 * hour))])
    .execute()
  expect(await deleteExpired(fixture.primary, clock)).toBe(2_501)
  expect(await deleteExpired(fixture.primary, clock)).toBe(0)
  expect(await fixture.primary.selectFrom('inbox').select('consumer').execute()).toHaveLength(1)
  const keys = await fixture.primary.selectFrom('idempotency_keys').select('key').execute()
  expect(keys).toEqual([{ key: 'new' }])
})

test('a service that keeps no idempotency keys is cleaned of the rest', async () => {
  const other = await openFixture()
  try {
    await sql`drop table idempotency_keys`.execute(other.primary)
    const processed_at = ago(31 * 24 * hour)
    await other.primary
      .insertInto('inbox')
      .values({ consumer: 'c', event_id: toUuid(newId('evt')), processed_at })
      .execute()
    expect(await deleteExpired(other.primary, clock)).toBe(1)
  } finally {
    await other.drop()
  }
})
