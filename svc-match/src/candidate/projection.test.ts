import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { EventEnvelope } from '@accord/contracts/event/define'
import {
  type MemberFacts,
  memberBlocked,
  memberDeleted,
  memberUnblocked,
  profileChanged,
} from '@accord/contracts/event/identity'
import { type MemberId, newId, toUuid } from '@accord/contracts/id'
import { applyBlock, applyBlockAhead } from '../block/apply.ts'
import { factsOf, geneva, startMatch, type TestMatch, zurich } from '../fixture/match.sample.ts'
import { memberConsumer } from './consumer.ts'
import { rebuildCandidates } from './rebuild.ts'
import { takeSnapshot } from './take-snapshot.ts'

let match: TestMatch
beforeAll(async () => {
  match = await startMatch()
})
afterAll(() => match.stop())

/** Random, and the same in every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

function shuffle<T>(values: readonly T[], next: () => number): T[] {
  return values
    .map((value) => ({ value, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

/** Five members who change, block, unblock, and partly leave: each one's events in order. */
function history(memberIds: MemberId[], next: () => number): EventEnvelope<Record<string, unknown>>[] {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T
  return memberIds.flatMap((memberId, index) => {
    const others = memberIds.filter((id) => id !== memberId)
    const events: { type: string; data: Record<string, unknown> }[] = []
    for (let count = 0; count < 8; count++) {
      const facts = factsOf({
        cell: pick([zurich, geneva]),
        gender: pick(['woman', 'man']),
        visible: next() < 0.7,
      })
      const pair = { blockerId: memberId, blockedId: pick(others) }
      events.push(
        pick([
          { type: profileChanged.type, data: facts },
          { type: memberBlocked.type, data: pair },
          { type: memberUnblocked.type, data: pair },
        ]),
      )
    }
    if (index === 0) events.push({ type: memberDeleted.type, data: {} })
    return events.map(({ type, data }, position) => ({
      id: newId('evt'),
      type,
      version: 1,
      aggregate: memberId,
      aggregateSeq: position + 1,
      occurredAt: match.clock().toISOString(),
      actor: null,
      traceparent: null,
      data,
    }))
  })
}

/** Hands an event to its handler, as the consumer does for one that was not applied before. */
async function apply(event: EventEnvelope<Record<string, unknown>>): Promise<void> {
  const handler = memberConsumer(match.base).handlers.get(event.type)
  if (handler?.kind !== 'transaction') throw new Error(`no handler for ${event.type}`)
  await match.db.transaction().execute((trx) => handler.handle(trx as never, event))
}

/** What the projection says of these members: versions left out, since a snapshot's may be higher. */
async function state(memberIds: MemberId[]): Promise<unknown> {
  const uuids = memberIds.map(toUuid)
  const [candidates, blocks] = await Promise.all([
    match.db
      .selectFrom('candidates')
      .where('member_id', 'in', uuids)
      .select(['member_id', 'gender', 'cell', 'position', 'visible', 'deleted'])
      .orderBy('member_id')
      .execute(),
    match.db
      .selectFrom('blocks')
      .where('member_id', 'in', uuids)
      .where('active', '=', true)
      .select(['member_id', 'other_id', 'made'])
      .orderBy('member_id')
      .orderBy('other_id')
      .orderBy('made')
      .execute(),
  ])
  return { candidates: candidates.filter((row) => row.gender !== null || row.deleted), blocks }
}

async function clear(memberIds: MemberId[]): Promise<void> {
  const uuids = memberIds.map(toUuid)
  await match.db.deleteFrom('candidates').where('member_id', 'in', uuids).execute()
  await match.db.deleteFrom('blocks').where('member_id', 'in', uuids).execute()
}

describe('the projection ends the same', () => {
  test('in whatever order events come, and however often', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const next = random(seed)
      const memberIds = Array.from({ length: 5 }, () => newId('mem'))
      const events = history(memberIds, next)
      for (const event of events) await apply(event)
      const expected = await state(memberIds)
      await clear(memberIds)
      const repeated = events.flatMap((event) => (next() < 0.5 ? [event, event] : [event]))
      for (const event of shuffle(repeated, next)) await apply(event)
      expect(await state(memberIds), `seed ${seed}`).toEqual(expected)
    }
  }, 60_000)

  test('with a snapshot in between, whatever it had seen', async () => {
    for (let seed = 11; seed <= 16; seed++) {
      const next = random(seed)
      const memberIds = Array.from({ length: 5 }, () => newId('mem'))
      const events = history(memberIds, next).filter((event) => event.type !== memberDeleted.type)
      for (const event of events) await apply(event)
      const expected = await state(memberIds)
      await clear(memberIds)
      const mixed = shuffle(events, next)
      const half = Math.floor(mixed.length / 2)
      for (const event of mixed.slice(0, half)) await apply(event)
      for (const memberId of memberIds) await takeUpTo(memberId, events, 4)
      for (const event of mixed.slice(half)) await apply(event)
      expect(await state(memberIds), `seed ${seed}`).toEqual(expected)
    }
  }, 60_000)
})

/** A snapshot as identity would have taken it after this many of a member's events. */
async function takeUpTo(memberId: MemberId, all: EventEnvelope<Record<string, unknown>>[], version: number) {
  const events = all.filter((event) => event.aggregate === memberId && event.aggregateSeq <= version)
  const facts = events.findLast((event) => event.type === profileChanged.type)?.data as
    | MemberFacts
    | undefined
  // Identity leaves out whoever it has never told of.
  if (!facts) return
  const blocked = new Set<MemberId>()
  for (const { type, data } of events) {
    if (type === memberBlocked.type) blocked.add(data.blockedId as MemberId)
    if (type === memberUnblocked.type) blocked.delete(data.blockedId as MemberId)
  }
  await match.db
    .transaction()
    .execute((trx) => takeSnapshot(trx, { memberId, version, facts, blocked: [...blocked] }, match.clock))
}

test('a block that was taken back before it was heard of has still ended the match it found', async () => {
  const [ada = 'mem_', eva = 'mem_'] = await match.all({}, {})
  await match.decide(ada, eva, 'like')
  const { body } = await match.decide(eva, ada, 'like')
  match.clock.advance(1000)
  const change = { blockerId: ada, blockedId: eva, occurredAt: match.clock() }
  const ended = await match.db.transaction().execute(async (trx) => {
    await applyBlock(trx, { ...change, active: false, version: 9 }, match.clock)
    return applyBlock(trx, { ...change, active: true, version: 8 }, match.clock)
  })
  expect(ended?.id).toBe(body.match.id)
  expect(await match.deck(ada)).not.toContain(eva)
})

describe('a snapshot that is older than what has happened since', () => {
  const snapshotOf = (memberId: MemberId, version: number, blocked: MemberId[]) =>
    match.db
      .transaction()
      .execute((trx) => takeSnapshot(trx, { memberId, version, facts: factsOf({}), blocked }, match.clock))

  test('leaves a match that began after the block was taken back', async () => {
    const [ada = 'mem_', eva = 'mem_'] = await match.all({}, {})
    const change = { blockerId: ada, blockedId: eva, occurredAt: match.clock() }
    await match.db.transaction().execute(async (trx) => {
      await applyBlock(trx, { ...change, active: true, version: 2 }, match.clock)
      await applyBlock(trx, { ...change, active: false, version: 3 }, match.clock)
    })
    match.clock.advance(1000)
    await match.decide(ada, eva, 'like')
    const { body } = await match.decide(eva, ada, 'like')
    expect(await snapshotOf(ada, 2, [eva])).toEqual([])
    expect((await match.ask(ada, 'GET', '')).body.data).toMatchObject([{ id: body.match.id }])
  })

  test('leaves a block that was told ahead of its event', async () => {
    const [ada = 'mem_', eva = 'mem_'] = await match.all({}, {})
    const pair = { blockerId: ada, blockedId: eva }
    await match.db.transaction().execute((trx) => applyBlockAhead(trx, pair, match.clock))
    await snapshotOf(ada, 1, [])
    expect(await match.deck(eva)).not.toContain(ada)
    expect((await match.decide(eva, ada, 'like')).status).toBe(404)
  })
})

describe('a rebuild', () => {
  test('makes an emptied projection whole, in pages, while the service runs', async () => {
    const memberIds = await match.all(...Array.from({ length: 3 }, () => ({})))
    const [ada = 'mem_', eva = 'mem_', lea = 'mem_'] = memberIds
    match.members.length = 0
    for (const memberId of memberIds) {
      match.members.push({ memberId, version: 3, facts: factsOf({}), blocked: memberId === ada ? [lea] : [] })
    }
    for (let count = 0; count < 400; count++) {
      match.members.push({
        memberId: newId('mem'),
        version: 1,
        facts: factsOf({ visible: false }),
        blocked: [],
      })
    }
    await match.db.deleteFrom('candidates').execute()
    await match.db.deleteFrom('blocks').execute()
    expect(await rebuildCandidates(match.base)).toEqual({ members: 403, hidden: 0 })
    expect(await match.deck(ada)).toEqual([eva])
    expect(await match.deck(lea)).toEqual([eva])
  })

  test('hides whom identity does not know, until it is heard of them again', async () => {
    const [ada = 'mem_', eva = 'mem_', ghost = 'mem_'] = await match.all({}, {}, {})
    match.members.length = 0
    for (const memberId of [ada, eva])
      match.members.push({ memberId, version: 1, facts: factsOf({}), blocked: [] })
    const { hidden } = await rebuildCandidates(match.base)
    expect(hidden).toBeGreaterThanOrEqual(1)
    expect(await match.deck(ada)).toEqual([eva])
    await match.publish(profileChanged, ghost, factsOf({}))
    await match.caughtUp()
    expect((await match.deck(ada)).toSorted()).toEqual([eva, ghost].toSorted())
  })
})

test('a member’s open apps are told when the deck follows from a new profile, and not before', async () => {
  const [ada = 'mem_', eva = 'mem_'] = await match.all({ visible: false }, {})
  expect((await match.ask(ada, 'GET', '/deck')).body.code).toBe('profile_incomplete')
  const live = match.live(ada)
  await live.ready()
  await match.publish(profileChanged, ada, factsOf({}))
  expect(await live.first(1)).toEqual([{ type: 'deck.changed' }])
  expect(await match.deck(ada)).toContain(eva)
})
