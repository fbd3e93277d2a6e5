import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { freeEntitlements } from '@accord/contracts/call/billing'
import { memberBlocked, profileChanged } from '@accord/contracts/event/identity'
import { type MemberId, toUuid, withPrefix } from '@accord/contracts/id'
import { startService } from '@accord/kit/service'
import type { Database } from '../db.ts'
import { factsOf, seeksOf, startMatch, sydney, type TestMatch } from '../fixture/match.sample.ts'
import { createParts, migrations } from '../service.ts'

let match: TestMatch
beforeAll(async () => {
  match = await startMatch()
})
afterAll(() => match.stop())

/** Who is told that there is no room now asks again, as a client does. */
async function like(who: MemberId, memberId: MemberId) {
  for (;;) {
    const answer = await match.decide(who, memberId, 'like')
    if (answer.status !== 503) return answer
  }
}

async function members(count: number): Promise<MemberId[]> {
  return match.all(...Array.from({ length: count }, () => ({})))
}

describe('two likes', () => {
  test('make a match, which both see, and whose conversation has its id', async () => {
    const [ada = 'mem_', eva = 'mem_'] = await members(2)
    expect((await match.decide(ada, eva, 'like')).body).toEqual({
      decision: 'like',
      match: null,
      likesLeft: 19,
    })
    const pushed = match.live(ada, eva)
    await pushed.ready()
    const { body } = await match.decide(eva, ada, 'like')
    expect(body).toMatchObject({ decision: 'like', likesLeft: 19, match: { memberId: ada } })
    expect(body.match.conversationId).toBe(withPrefix('con', body.match.id))
    const { id, memberId: _, ...rest } = body.match
    expect((await match.decide(ada, eva, 'like')).body.match).toEqual({ id, memberId: eva, ...rest })
    expect(await pushed.first(2)).toContainEqual({ type: 'match.created', matchId: id, memberId: eva })
    const event = (await match.told()).find((envelope) => envelope.aggregate === id)
    expect(event).toMatchObject({ actor: eva, data: { memberIds: [ada, eva].toSorted() } })
  })

  test('of 200 pairs at the same moment, on three instances, make 200 matches and 200 events', async () => {
    const { config, clock } = match
    const start = () =>
      startService<Database>({ name: 'match', config, migrations, start: createParts, clock })
    const others = await Promise.all([start(), start()])
    const memberIds = await match.crowd(400)
    const before = (await match.told()).length
    const pairs = memberIds.slice(0, 200).map((id, index) => [id, memberIds[200 + index] ?? id] as const)

    const answers = await Promise.all(pairs.flatMap(([one, other]) => [like(one, other), like(other, one)]))

    await Promise.all(others.map((other) => other.relay.idle()))
    expect(answers.map(({ status }) => status)).toEqual(Array.from(answers, () => 200))
    const found = answers.flatMap(({ body }) => (body.match ? [body.match.id] : []))
    expect(new Set(found).size).toBe(200)
    const { count } = await match.db
      .selectFrom('matches')
      .where('id', 'in', (eb) =>
        eb.selectFrom('match_sides').where('member_id', 'in', memberIds.map(toUuid)).select('match_id'),
      )
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(200)
    const told = (await match.told()).slice(before)
    expect(told).toHaveLength(200)
    expect(new Set(told.map((event) => event.aggregate)).size).toBe(200)
    await Promise.all(others.map((other) => other.stop()))
  }, 60_000)
})

describe('a decision', () => {
  test('clicked five times at once is one, and costs one like', async () => {
    const [ada = 'mem_', eva = 'mem_'] = await members(2)
    const answers = await Promise.all(Array.from({ length: 5 }, () => match.decide(ada, eva, 'like')))
    expect(answers.map(({ status, body }) => [status, body.likesLeft])).toEqual(Array(5).fill([200, 19]))
  })

  test('cannot become another one', async () => {
    const [ada = 'mem_', eva = 'mem_'] = await members(2)
    await match.decide(ada, eva, 'pass')
    const { status, body } = await match.decide(ada, eva, 'like')
    expect([status, body.code]).toEqual([409, 'already_decided'])
  })

  test('about oneself, nobody, somebody hidden or out of reach is refused alike', async () => {
    const [ada = 'mem_', hidden = 'mem_', far = 'mem_'] = await match.all(
      {},
      { visible: false },
      { cell: sydney, seeks: { distanceKm: 100 } },
    )
    for (const id of [ada, hidden, far, 'mem_01k9zv8h5ae6wt3q4x7n2m0c1d'] as const) {
      const { status, body } = await match.decide(ada, id, 'like')
      expect([status, body.code]).toEqual([404, 'not_a_candidate'])
    }
  })

  test('about a blocked member is refused in both directions', async () => {
    const [ada = 'mem_', eva = 'mem_'] = await members(2)
    await match.decide(eva, ada, 'like')
    await match.publish(memberBlocked, ada, { blockerId: ada, blockedId: eva })
    await match.caughtUp()
    expect((await match.decide(ada, eva, 'like')).body.code).toBe('not_a_candidate')
    expect((await match.decide(eva, ada, 'pass')).body.code).toBe('already_decided')
    const [lea = 'mem_'] = await members(1)
    await match.publish(memberBlocked, ada, { blockerId: ada, blockedId: lea })
    await match.caughtUp()
    expect((await match.decide(lea, ada, 'like')).body.code).toBe('not_a_candidate')
  })

  test('needs a profile and preferences of one’s own', async () => {
    const [ada = 'mem_', wishless = 'mem_', hidden = 'mem_'] = await match.all(
      {},
      { seeks: null },
      { visible: false },
    )
    expect((await match.decide(wishless, ada, 'like')).body.code).toBe('preferences_missing')
    expect((await match.decide(hidden, ada, 'like')).body.code).toBe('profile_incomplete')
  })

  test('about somebody who likes me is taken, whatever either seeks by now', async () => {
    const [ada = 'mem_', eva = 'mem_'] = await members(2)
    await match.decide(eva, ada, 'like')
    await match.ask(ada, 'PUT', '/preferences', seeksOf({ genders: ['man'] }))
    expect((await match.decide(ada, eva, 'like')).body.match.memberId).toBe(eva)
  })

  test('with an unknown word, or an unknown field, is refused with the path', async () => {
    const [ada = 'mem_', eva = 'mem_'] = await members(2)
    const wrong = await match.ask(ada, 'POST', '/decisions', { memberId: eva, decision: 'love' })
    expect([wrong.status, wrong.body.fields[0].path]).toEqual([422, '/decision'])
    const more = await match.ask(ada, 'POST', '/decisions', { memberId: eva, decision: 'like', super: true })
    expect(more.status).toBe(422)
    expect((await match.ask(null, 'POST', '/decisions', { memberId: eva, decision: 'like' })).status).toBe(
      401,
    )
  })
})

describe('likes of a day', () => {
  test('are as many as the plan allows, also when they are spent at once', async () => {
    const [ada = 'mem_', ...others] = await members(8)
    match.plans.set(ada, { ...freeEntitlements, dailyLikes: 5 })
    const answers = await Promise.all(others.map((id) => match.decide(ada, id, 'like')))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(2)
    expect(refused[0]?.body).toMatchObject({ code: 'daily_likes_used', retryAfterSeconds: 12 * 3600 })
    const left = answers.flatMap(({ body }) => (body.likesLeft === undefined ? [] : [body.likesLeft]))
    expect(left.toSorted()).toEqual([0, 1, 2, 3, 4])
    const deck = await match.ask(ada, 'GET', '/deck?limit=1')
    expect(deck.body).toMatchObject({ likesLeft: 0, likesResetAt: '2026-11-25T00:00:00.000Z' })
  })

  test('do not limit passes, nor those without a limit', async () => {
    const [ada = 'mem_', eva = 'mem_', lea = 'mem_'] = await members(3)
    match.plans.set(ada, { ...freeEntitlements, dailyLikes: 0 })
    expect((await match.decide(ada, eva, 'pass')).body.likesLeft).toBe(0)
    expect((await match.decide(ada, lea, 'like')).status).toBe(429)
    match.plans.set(ada, { ...freeEntitlements, dailyLikes: null })
    expect((await match.decide(ada, lea, 'like')).body.likesLeft).toBeNull()
  })
})

describe('taking back', () => {
  const rewind = (who: MemberId, key?: string) =>
    match.ask(who, 'POST', '/decisions/rewind', undefined, key ? { 'idempotency-key': key } : undefined)

  test('brings the last pass into the deck again, and keeps the other’s like', async () => {
    const [ada = 'mem_', eva = 'mem_'] = await members(2)
    await match.decide(eva, ada, 'like')
    await match.decide(ada, eva, 'pass')
    expect((await rewind(ada)).body).toEqual({ memberId: eva })
    expect((await match.decide(ada, eva, 'like')).body.match.memberId).toBe(eva)
  })

  test('goes back a minute, and any time with the plan for it', async () => {
    const [ada = 'mem_', eva = 'mem_'] = await members(2)
    await match.decide(ada, eva, 'pass')
    match.clock.advance(61_000)
    const { status, body } = await rewind(ada)
    expect([status, body.code]).toEqual([409, 'nothing_to_rewind'])
    match.plans.set(ada, { ...freeEntitlements, rewind: true })
    expect((await rewind(ada)).status).toBe(200)
  })

  test('takes no like back, and clicked twice with one key no second pass', async () => {
    const [ada = 'mem_', eva = 'mem_', lea = 'mem_', mia = 'mem_'] = await members(4)
    await match.decide(ada, eva, 'pass')
    match.clock.advance(1)
    await match.decide(ada, lea, 'pass')
    await match.decide(ada, mia, 'like')
    const first = await rewind(ada, 'one-click-of-ada')
    expect(first.body).toEqual({ memberId: lea })
    expect((await rewind(ada, 'one-click-of-ada')).body).toEqual(first.body)
    expect((await rewind(ada)).body).toEqual({ memberId: eva })
    expect((await rewind(ada)).status).toBe(409)
  })
})

describe('while others are away', () => {
  test('the last known plan counts when billing is, else the free one', async () => {
    const away = await startMatch()
    const [ada = 'mem_', eva = 'mem_'] = await away.all({}, {})
    away.plans.set(ada, { ...freeEntitlements, plan: 'signature', dailyLikes: null })
    expect((await away.ask(ada, 'GET', '/deck')).body.likesLeft).toBeNull()
    await away.loseBilling()
    expect((await away.decide(ada, eva, 'like')).body.likesLeft).toBeNull()
    expect((await away.decide(eva, ada, 'pass')).body.likesLeft).toBe(20)
    await away.loseIdentity()
    const deck = await away.ask(ada, 'GET', '/deck')
    // Nobody is left in the deck, so that no card is asked for.
    expect(deck.status).toBe(200)
    await away.stop()
  })

  test('a deck with somebody in it is unavailable without identity', async () => {
    const away = await startMatch()
    const [ada = 'mem_'] = await away.all({}, {})
    await away.loseIdentity()
    const { status, body } = await away.ask(ada, 'GET', '/deck')
    expect([status, body.code]).toEqual([503, 'unavailable'])
    await away.stop()
  })
})

test('a like of a member who has become hidden waits', async () => {
  const [ada = 'mem_', eva = 'mem_'] = await members(2)
  await match.decide(eva, ada, 'like')
  await match.publish(profileChanged, eva, factsOf({ visible: false }))
  await match.caughtUp()
  expect((await match.decide(ada, eva, 'like')).body.code).toBe('not_a_candidate')
  await match.publish(profileChanged, eva, factsOf({}))
  await match.caughtUp()
  expect((await match.decide(ada, eva, 'like')).body.match.memberId).toBe(eva)
})
