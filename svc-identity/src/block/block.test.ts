import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { MemberId } from '@accord/contracts/id'
import { newId } from '@accord/contracts/id'
import { type Members, startMembers } from '../fixture/members.sample.ts'

let identity: Members
beforeAll(async () => {
  identity = await startMembers()
})
afterAll(() => identity.stop())

const block = (by: MemberId | null, whom: string) => identity.ask(by, 'POST', `/users/${whom}/block`)
const unblock = (by: MemberId, whom: string) => identity.ask(by, 'DELETE', `/users/${whom}/block`)
const sees = async (viewer: MemberId, member: MemberId) =>
  (await identity.ask(viewer, 'GET', `/users/${member}`)).status === 200
const blockEvents = async (member: MemberId) =>
  (await identity.events(member)).filter(({ type }) => /blocked$/.test(type))

describe('a block', () => {
  test('is committed, and then told to match and chat, before it is answered', async () => {
    const [ada, bob] = [await identity.visibleMember(), await identity.visibleMember()]
    const told: unknown[] = []
    const answering = await Promise.all(
      (['match', 'chat'] as const).map(async (service) => {
        const connection = await identity.nats.connect(service)
        connection.subscribe(`rpc.${service}.block`, {
          callback: (_error, message) => {
            void sees(bob, ada).then((seen) => {
              told.push([service, message.json(), seen])
              message.respond('{}')
            })
          },
        })
        await connection.flush()
        return connection
      }),
    )
    expect((await block(ada, bob)).status).toBe(204)
    const pair = { blockerId: ada, blockedId: bob }
    expect(told.sort()).toEqual([
      ['chat', pair, false],
      ['match', pair, false],
    ])
    await Promise.all(answering.map((connection) => connection.close()))
  })

  test('hides both from each other at once', async () => {
    const [ada, bob] = [await identity.visibleMember(), await identity.visibleMember()]
    expect([await sees(ada, bob), await sees(bob, ada)]).toEqual([true, true])
    expect((await block(ada, bob)).status).toBe(204)
    expect([await sees(ada, bob), await sees(bob, ada)]).toEqual([false, false])
  })

  test('a second time, or twice at once, is the same block', async () => {
    const [ada, bob] = [await identity.member(), await identity.member()]
    const answers = await Promise.all([block(ada, bob), block(ada, bob)])
    expect([...answers, await block(ada, bob)].map(({ status }) => status)).toEqual([204, 204, 204])
    expect(await blockEvents(ada)).toMatchObject([
      { type: 'identity.member.blocked', actor: ada, data: { blockerId: ada, blockedId: bob } },
    ])
  })

  test('by both at the same moment stands until both have taken it back', async () => {
    const [ada, bob] = [await identity.visibleMember(), await identity.visibleMember()]
    await Promise.all([block(ada, bob), block(bob, ada)])
    await unblock(ada, bob)
    expect(await sees(ada, bob)).toBe(false)
    await unblock(bob, ada)
    expect([await sees(ada, bob), await sees(bob, ada)]).toEqual([true, true])
  })

  test('of oneself, of nobody, or without a sign-in is refused', async () => {
    const ada = await identity.member()
    expect((await block(ada, ada)).body.code).toBe('cannot_block_self')
    expect((await block(ada, newId('mem'))).body.code).toBe('not_found')
    expect((await block(null, ada)).status).toBe(401)
  })
})

describe('taking a block back', () => {
  test('shows both to each other again, and is told once', async () => {
    const [ada, bob] = [await identity.visibleMember(), await identity.visibleMember()]
    await block(ada, bob)
    expect([(await unblock(ada, bob)).status, (await unblock(ada, bob)).status]).toEqual([204, 204])
    expect([await sees(ada, bob), await sees(bob, ada)]).toEqual([true, true])
    expect((await blockEvents(ada)).map(({ type }) => type)).toEqual([
      'identity.member.blocked',
      'identity.member.unblocked',
    ])
  })

  test('is for the one who made it alone', async () => {
    const [ada, bob] = [await identity.visibleMember(), await identity.visibleMember()]
    await block(ada, bob)
    expect((await unblock(bob, ada)).status).toBe(204)
    expect(await sees(bob, ada)).toBe(false)
    expect(await blockEvents(bob)).toEqual([])
  })
})

describe('the list of blocks', () => {
  test('has one’s own, the latest first, in pages', async () => {
    const ada = await identity.member()
    const others: MemberId[] = []
    for (const displayName of ['One', 'Two', 'Three']) {
      const other = await identity.member({ displayName })
      others.unshift(other)
      identity.clock.advance(1000)
      await block(ada, other)
    }
    await block(await identity.member(), ada)
    const first = await identity.ask(ada, 'GET', '/users/blocks?limit=2')
    expect(first.body.data.map((entry: { memberId: string }) => entry.memberId)).toEqual(others.slice(0, 2))
    expect(first.body.data[0].displayName).toBe('Three')
    expect(first.body.pagination.hasNextPage).toBe(true)
    const second = await identity.ask(
      ada,
      'GET',
      `/users/blocks?limit=2&cursor=${first.body.pagination.nextCursor}`,
    )
    expect(second.body.data.map((entry: { memberId: string }) => entry.memberId)).toEqual(others.slice(2))
    expect(second.body.pagination).toEqual({ hasNextPage: false, nextCursor: null, limit: 2 })
  })

  test('refuses a cursor that it never gave, and visitors', async () => {
    const ada = await identity.member()
    for (const cursor of [
      'xyz',
      Buffer.from('[1]').toString('base64url'),
      Buffer.from('["a","b"]').toString('base64url'),
      Buffer.from(JSON.stringify(['-271821-04-20T00:00:00.000Z', ada])).toString('base64url'),
    ])
      expect((await identity.ask(ada, 'GET', `/users/blocks?cursor=${cursor}`)).status).toBe(422)
    expect((await identity.ask(null, 'GET', '/users/blocks')).status).toBe(401)
  })
})
