import { afterAll, beforeAll, expect, test } from 'bun:test'
import { testClock } from '@accord/stack/harness'
import type { Transaction } from 'kysely'
import { refused } from '../error.ts'
import { type FixtureTables, openFixture } from '../fixture/database.sample.ts'
import { hashOf, once } from './once.ts'

let fixture: Awaited<ReturnType<typeof openFixture>>
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.drop())

const clock = testClock()
let keys = 0
const ask = (key: string | null = `key-${++keys}`, body: object = { plan: 'gold' }) => ({
  actor: 'mem_1',
  operation: 'startCheckout',
  key,
  bodyHash: hashOf(body),
  clock,
})
const effect = (aggregate: string) => async (trx: Transaction<FixtureTables>) => {
  await trx.insertInto('effects').values({ event_id: 'e', aggregate, aggregate_seq: 1 }).execute()
  return { aggregate, at: 1 }
}
const count = async (aggregate: string) =>
  (await fixture.primary.selectFrom('effects').select('id').where('aggregate', '=', aggregate).execute())
    .length

test('the same key has one effect and one answer', async () => {
  const request = ask()
  const first = await once(fixture.primary, request, effect('same'))
  expect(first).toEqual({ aggregate: 'same', at: 1 })
  expect(await once(fixture.primary, request, effect('other'))).toEqual(first)
  expect([await count('same'), await count('other')]).toEqual([1, 0])
})

test('the same key with another body is refused', async () => {
  const request = ask()
  await once(fixture.primary, request, effect('body'))
  const other = await once(fixture.primary, ask(request.key, { plan: 'free' }), effect('body'))
  expect(other).toEqual({ refused: 'idempotency_key_reused' })
})

test('while the first is in flight a second is refused, and has no effect', async () => {
  const request = ask()
  const answer = await once(fixture.primary, request, async (trx) => {
    expect(await once(fixture.primary, request, effect('flight'))).toEqual({ refused: 'request_in_flight' })
    return effect('flight')(trx)
  })
  expect(answer).toEqual({ aggregate: 'flight', at: 1 })
  expect(await count('flight')).toBe(1)
})

test('many at once have one effect, and each gets its answer or is told to wait', async () => {
  const request = ask()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => once(fixture.primary, request, effect('many'))),
  )
  for (const answer of answers) {
    expect([{ aggregate: 'many', at: 1 }, { refused: 'request_in_flight' }]).toContainEqual(answer as never)
  }
  expect(await count('many')).toBe(1)
})

test('what failed or was refused may be tried again', async () => {
  const request = ask()
  const failing = once(fixture.primary, request, async (trx) => {
    await effect('again')(trx)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await once(fixture.primary, request, async () => refused('conflict'))).toEqual({
    refused: 'conflict',
  })
  await once(fixture.primary, request, effect('again'))
  expect(await count('again')).toBe(1)
})

test('a key is forgotten after 24 hours', async () => {
  const request = ask()
  await once(fixture.primary, request, effect('day'))
  clock.advance(24 * 3600_000 + 1)
  await once(fixture.primary, ask(request.key, { plan: 'other' }), effect('day'))
  expect(await count('day')).toBe(2)
})

test('without a key every call counts, and a given transaction is used', async () => {
  const undone = fixture.primary.transaction().execute(async (trx) => {
    await once(trx, ask(null), effect('none'))
    await once(trx, ask(), effect('none'))
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await count('none')).toBe(0)
})
