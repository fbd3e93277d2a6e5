import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { freeEntitlements } from '@accord/contracts/call/billing'
import { chatClose } from '@accord/contracts/call/chat'
import { matchBlock, matchOf } from '@accord/contracts/call/match'
import { memberBlocked, memberDeleted } from '@accord/contracts/event/identity'
import { type MatchId, type MemberId, newId, toUuid } from '@accord/contracts/id'
import { encodeCursor } from '@accord/kit/http/cursor'
import { someoneWaits } from '@accord/stack/harness'
import { forgetMember } from '../candidate/forget.ts'
import { startMatch, type TestMatch } from '../fixture/match.sample.ts'

let match: TestMatch
let callAs: Awaited<ReturnType<TestMatch['nats']['connect']>>
beforeAll(async () => {
  match = await startMatch()
  callAs = await match.nats.connect('identity')
})
afterAll(() => match.stop())

async function pair(): Promise<{ ada: MemberId; eva: MemberId; id: MatchId }> {
  const [ada = 'mem_', eva = 'mem_'] = await match.all({}, {})
  await match.decide(ada, eva, 'like')
  const { body } = await match.decide(eva, ada, 'like')
  return { ada, eva, id: body.match.id }
}

async function listed(who: MemberId): Promise<MatchId[]> {
  const { body } = await match.ask(who, 'GET', '')
  return body.data.map((entry: { id: MatchId }) => entry.id)
}

const endings = async (id: string) =>
  (await match.told()).filter((event) => event.aggregate === id && event.type === 'match.match.ended')

describe('matches are listed', () => {
  test('the newest first, in pages, with the card of the other', async () => {
    const [ada = 'mem_', ...others] = await match.all({}, {}, {}, {})
    const made: MatchId[] = []
    for (const other of others) {
      await match.decide(ada, other, 'like')
      made.unshift((await match.decide(other, ada, 'like')).body.match.id)
    }
    const first = await match.ask(ada, 'GET', '?limit=2')
    expect(first.body.data[0]).toMatchObject({ id: made[0], member: { id: others[2], displayName: 'Ada' } })
    const cursor = first.body.pagination.nextCursor
    const second = await match.ask(ada, 'GET', `?limit=2&cursor=${cursor}`)
    expect([...first.body.data, ...second.body.data].map((entry) => entry.id)).toEqual(made)
    expect(second.body.pagination.hasNextPage).toBe(false)
  })

  test('or the one with a member who is asked for', async () => {
    const [ada = 'mem_', eva = 'mem_', eve = 'mem_', other = 'mem_'] = await match.all({}, {}, {}, {})
    for (const liked of [eva, eve]) {
      await match.decide(ada, liked, 'like')
      await match.decide(liked, ada, 'like')
    }
    const { body } = await match.ask(ada, 'GET', `?memberId=${eva}`)
    expect(body.data).toMatchObject([{ memberId: eva }])
    expect((await match.ask(ada, 'GET', `?memberId=${other}`)).body.data).toEqual([])
  })

  test('to a member alone, and not with a cursor that is none', async () => {
    const { ada } = await pair()
    expect((await match.ask(null, 'GET', '')).status).toBe(401)
    expect((await match.ask(ada, 'GET', '?cursor=x')).status).toBe(422)
    expect((await match.ask(ada, 'GET', '?limit=101')).status).toBe(422)
  })
})

describe('a match ends', () => {
  test('when either takes it back, once, for both, and for good', async () => {
    const { ada, eva, id } = await pair()
    const pushed = match.live(ada, eva)
    await pushed.ready()
    const clicks = await Promise.all([1, 2, 3].map(() => match.ask(ada, 'DELETE', `/${id}`)))
    expect(clicks.map(({ status }) => status)).toEqual([204, 204, 204])
    expect(await pushed.first(2)).toEqual(Array(2).fill({ type: 'match.ended', matchId: id }))
    expect([await listed(ada), await listed(eva)]).toEqual([[], []])
    expect(await endings(id)).toMatchObject([{ actor: ada, data: { by: ada, reason: 'unmatched' } }])
    expect((await match.decide(ada, eva, 'like')).body).toMatchObject({ decision: 'like', match: null })
  })

  test('in chat too before it is answered, and after it is committed here', async () => {
    const { ada, eva, id } = await pair()
    const told: unknown[] = []
    const chat = await match.nats.connect('chat')
    chat.subscribe(chatClose.subject, {
      callback: (_error, message) => {
        void listed(eva).then((left) => {
          told.push([message.json(), left])
          message.respond('{}')
        })
      },
    })
    await chat.flush()
    expect((await match.ask(ada, 'DELETE', `/${id}`)).status).toBe(204)
    expect(told).toEqual([[{ matchId: id, memberIds: [ada, eva].toSorted() }, []]])
    await chat.close()
  })

  test('also while chat gives no answer', async () => {
    const { ada, id } = await pair()
    const chat = await match.nats.connect('chat')
    chat.subscribe(chatClose.subject, { callback: () => {} })
    await chat.flush()
    expect((await match.ask(ada, 'DELETE', `/${id}`)).status).toBe(204)
    expect(await endings(id)).toHaveLength(1)
    await chat.close()
  })

  test('by nobody else', async () => {
    const { id, ada } = await pair()
    const [eve = 'mem_'] = await match.all({})
    expect((await match.ask(eve, 'DELETE', `/${id}`)).body.code).toBe('not_found')
    expect((await match.ask(eve, 'DELETE', `/${newId('mat')}`)).body.code).toBe('not_found')
    expect(await listed(ada)).toEqual([id])
  })

  test('with a block, at once by the call, and once with its event after it', async () => {
    const { ada, eva, id } = await pair()
    await callAs.request(matchBlock.subject, JSON.stringify({ blockerId: eva, blockedId: ada }))
    expect(await listed(ada)).toEqual([])
    expect(await match.deck(ada)).not.toContain(eva)
    await match.publish(memberBlocked, eva, { blockerId: eva, blockedId: ada })
    await match.caughtUp()
    expect(await endings(id)).toMatchObject([{ data: { by: eva, reason: 'blocked' } }])
  })

  test('when one of the two leaves, of whom nothing stays', async () => {
    const { ada, eva, id } = await pair()
    const [lea = 'mem_'] = await match.all({})
    await match.decide(lea, ada, 'like')
    await match.publish(memberBlocked, ada, { blockerId: ada, blockedId: lea })
    await match.publish(memberDeleted, ada, {})
    await match.caughtUp()
    expect(await listed(eva)).toEqual([])
    expect(await endings(id)).toMatchObject([{ actor: null, data: { by: null, reason: 'deleted' } }])
    expect(await traces(ada)).toEqual(['candidates'])
    expect((await match.decide(eva, ada, 'like')).body.code).toBe('not_a_candidate')
  })
})

test('a decision beside the departure of its maker leaves nothing of them behind', async () => {
  const [ada = 'mem_', eva = 'mem_'] = await match.all({}, {})
  const deciding = await match.db.transaction().execute(async (trx) => {
    await forgetMember(trx, { memberId: ada, version: 9 }, match.clock)
    const answer = match.decide(ada, eva, 'like')
    await someoneWaits(match.config.DATABASE_URL)
    return { answer }
  })
  expect(await deciding.answer).toMatchObject({ status: 409, body: { code: 'profile_incomplete' } })
  expect(await traces(ada)).toEqual(['candidates'])
})

describe('others are told of a match by its id', () => {
  const ask = async (matchId: MatchId) =>
    (await callAsChat()).request(matchOf.subject, JSON.stringify({ matchId })).then((answer) => answer.json())
  const callAsChat = () => match.nats.connect('chat')

  test('with both members, and whether it stands', async () => {
    const { ada, eva, id } = await pair()
    const memberIds = [ada, eva].toSorted()
    expect(await ask(id)).toEqual({
      match: { memberIds, active: true, createdAt: match.clock().toISOString() },
    })
    await match.ask(ada, 'DELETE', `/${id}`)
    expect(await ask(id)).toMatchObject({ match: { active: false } })
    expect(await ask(newId('mat'))).toEqual({ match: null })
  })
})

describe('likes received', () => {
  test('are counted for everybody, and shown with the plan for it', async () => {
    const [ada = 'mem_', eva = 'mem_', lea = 'mem_', mia = 'mem_'] = await match.all({}, {}, {}, {})
    for (const other of [eva, lea, mia]) {
      await match.decide(other, ada, 'like')
      match.clock.advance(1000)
    }
    const free = await match.ask(ada, 'GET', '/likes-received')
    expect(free.body).toMatchObject({ data: [], count: 3, revealed: false })
    match.plans.set(ada, { ...freeEntitlements, seesLikesReceived: true })
    const ids: string[] = []
    let path: string | null = '/likes-received?limit=2'
    while (path) {
      const { body } = await match.ask(ada, 'GET', path)
      expect(body).toMatchObject({ count: 3, revealed: true })
      ids.push(...body.data.map((like: { member: { id: string } }) => like.member.id))
      const cursor: string | null = body.pagination.nextCursor
      path = cursor && `/likes-received?limit=2&cursor=${cursor}`
    }
    expect(ids).toEqual([mia, lea, eva])
  })

  test('are gone once they are answered, or the liker is blocked', async () => {
    const [ada = 'mem_', eva = 'mem_', lea = 'mem_', mia = 'mem_'] = await match.all({}, {}, {}, {})
    for (const other of [eva, lea, mia]) await match.decide(other, ada, 'like')
    await match.decide(ada, eva, 'pass')
    await match.decide(ada, lea, 'like')
    await match.publish(memberBlocked, mia, { blockerId: mia, blockedId: ada })
    await match.caughtUp()
    expect((await match.ask(ada, 'GET', '/likes-received')).body.count).toBe(0)
  })

  test('are refused with a cursor that is none', async () => {
    const [ada = 'mem_'] = await match.all({})
    match.plans.set(ada, { ...freeEntitlements, seesLikesReceived: true })
    for (const time of ['nonsense', '-200000-01-01T00:00:00.000Z']) {
      const { status, body } = await match.ask(
        ada,
        'GET',
        `/likes-received?cursor=${encodeCursor([time, ada])}`,
      )
      expect({ status, path: body.fields?.[0]?.path }).toEqual({ status: 422, path: '/cursor' })
    }
  })

  test('are shown to nobody who is not signed in', async () => {
    expect((await match.ask(null, 'GET', '/likes-received')).status).toBe(401)
  })
})

/** Tables in which this member is named, on either side. */
async function traces(memberId: MemberId): Promise<string[]> {
  const tables = [
    'candidates',
    'preferences',
    'blocks',
    'decisions',
    'like_counters',
    'matches',
    'match_sides',
    'known_entitlements',
  ] as const
  const found: string[] = []
  for (const table of tables) {
    const rows = await match.db.selectFrom(table).selectAll().execute()
    if (rows.some((row) => Object.values(row).includes(toUuid(memberId)))) found.push(table)
  }
  return found
}
