import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { chatBlock, chatClose } from '@accord/contracts/call/chat'
import { memberBlocked, memberDeleted } from '@accord/contracts/event/identity'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import { newId, toUuid } from '@accord/contracts/id'
import { createCaller } from '@accord/kit/call'
import { type Match, membersOf, startTestChat, type TestChat } from '../fixture/chat.sample.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startTestChat()
}, 30_000)
afterAll(() => chat.stop(), 30_000)

const ended = (match: Match, reason: 'unmatched' | 'blocked' | 'deleted' = 'unmatched') => ({
  ...membersOf(match),
  by: match.ben.memberId,
  reason,
})
const blocked = (match: Match) => ({ blockerId: match.ben.memberId, blockedId: match.cora.memberId })

async function block(match: Match): Promise<void> {
  const identity = await chat.service.nats.connect('identity')
  await createCaller(identity, { log: chat.service.base.log })(chatBlock, blocked(match))
}

/** As match tells it, before its event has arrived. */
async function unmatch(match: Match): Promise<void> {
  const told = { matchId: match.id, ...membersOf(match) }
  await createCaller(await chat.service.nats.connect('match'), { log: chat.service.base.log })(
    chatClose,
    told,
  )
}

async function codeOfSending(match: Match): Promise<string | null> {
  return (await chat.send(match.cora, match, 'still there?')).body.code ?? null
}

async function conversationsOf(match: Match): Promise<unknown[]> {
  return (await chat.ask(match.cora, 'GET', '')).body.data
}

describe('a match that ended', () => {
  test('closes its conversation and takes it off both lists', async () => {
    const match = await chat.openMatch()
    await chat.send(match.ben, match, 'hello')
    await chat.happened(matchEnded, match.id, ended(match))
    expect(await codeOfSending(match)).toBe('conversation_closed')
    for (const actor of [match.ben, match.cora]) {
      const { body } = await chat.ask(actor, 'GET', '')
      expect(body).toMatchObject({ data: [], unreadCount: 0 })
    }
  })

  test('before it began stays ended', async () => {
    const match = chat.newMatch()
    await chat.happened(matchEnded, match.id, ended(match))
    await chat.happened(matchCreated, match.id, membersOf(match))
    expect(await codeOfSending(match)).toBe('conversation_closed')
    expect(await conversationsOf(match)).toEqual([])
  })

  test('tells the open apps of both, once', async () => {
    const match = await chat.openMatch()
    const ears = await Promise.all([chat.hear(match.ben.memberId), chat.hear(match.cora.memberId)])
    await block(match)
    await chat.happened(memberBlocked, match.ben.memberId, blocked(match))
    await chat.happened(matchEnded, match.id, ended(match, 'blocked'))
    for (const { events, settled } of ears) {
      await settled()
      expect(events).toEqual([{ type: 'match.ended', matchId: match.id }])
    }
  })
})

describe('an unmatch', () => {
  test('closes at once when it is told by rpc, and again without harm', async () => {
    const match = await chat.openMatch()
    const cora = await chat.hear(match.cora.memberId)
    await unmatch(match)
    expect(await codeOfSending(match)).toBe('conversation_closed')
    expect(await conversationsOf(match)).toEqual([])
    await unmatch(match)
    await chat.happened(matchEnded, match.id, ended(match))
    await cora.settled()
    expect(cora.events).toEqual([{ type: 'match.ended', matchId: match.id }])
  })

  test('that overtakes the match keeps the conversation closed', async () => {
    const match = chat.newMatch()
    await unmatch(match)
    await chat.happened(matchCreated, match.id, membersOf(match))
    expect(await codeOfSending(match)).toBe('conversation_closed')
  })

  test('beside the opening of the same conversation leaves it closed, whoever is first', async () => {
    for (let round = 0; round < 20; round++) {
      const match = chat.newMatch()
      await Promise.all([unmatch(match), chat.send(match.cora, match, 'hello')])
      expect(await codeOfSending(match)).toBe('conversation_closed')
    }
  }, 30_000)
})

describe('a block', () => {
  test('closes at once when it is told by rpc, and again without harm', async () => {
    const match = await chat.openMatch()
    await block(match)
    expect(await codeOfSending(match)).toBe('conversation_closed')
    await block(match)
  })

  test('closes by its event alone', async () => {
    const match = await chat.openMatch()
    await chat.happened(memberBlocked, match.ben.memberId, blocked(match))
    expect(await codeOfSending(match)).toBe('conversation_closed')
  })

  test('that overtakes the match keeps the conversation closed', async () => {
    const match = chat.newMatch()
    const matchedAt = chat.clock()
    chat.clock.advance(1000)
    await block(match)
    await chat.happened(matchCreated, match.id, membersOf(match), { occurredAt: matchedAt })
    expect(await codeOfSending(match)).toBe('conversation_closed')
  })

  test('of long ago that arrives late spares a younger match', async () => {
    const match = chat.newMatch()
    const blockedAt = chat.clock()
    chat.clock.advance(60_000)
    await chat.happened(matchCreated, match.id, membersOf(match))
    await chat.happened(memberBlocked, match.ben.memberId, blocked(match), { occurredAt: blockedAt })
    expect(await codeOfSending(match)).toBeNull()
  })

  test('closes no conversation with anybody else', async () => {
    const [match, other] = [await chat.openMatch(), await chat.openMatch()]
    await block(match)
    expect(await codeOfSending(other)).toBeNull()
  })
})

describe('a member who left', () => {
  test('leaves no text, no key and no list behind, for either side', async () => {
    const match = await chat.openMatch()
    await chat.send(match.ben, match, 'from one')
    await chat.send(match.cora, match, 'from the other')
    await chat.happened(memberDeleted, match.ben.memberId, {})

    expect(await codeOfSending(match)).toBe('conversation_closed')
    expect(await conversationsOf(match)).toEqual([])
    const db = chat.service.base.db.primary
    const id = toUuid(match.conversationId)
    for (const table of ['messages', 'changes', 'participants'] as const) {
      const rows = await db
        .selectFrom(table)
        .where('conversation_id', '=', id)
        .select('conversation_id')
        .execute()
      expect(rows, table).toEqual([])
    }
    const keys = await db
      .selectFrom('data_keys')
      .where('owner', '=', match.conversationId)
      .selectAll()
      .execute()
    expect(keys).toEqual([])
  })

  test('is not matched again by an event that was late', async () => {
    const match = chat.newMatch()
    await chat.happened(memberDeleted, match.ben.memberId, {})
    await chat.happened(matchCreated, match.id, membersOf(match))
    expect(await codeOfSending(match)).toBe('conversation_closed')
  })
})

test('events delivered twice change nothing', async () => {
  const match = chat.newMatch()
  const id = newId('evt')
  await chat.happened(matchCreated, match.id, membersOf(match), { id })
  await chat.send(match.ben, match, 'hello')
  await chat.happened(matchCreated, match.id, membersOf(match), { id })
  await chat.happened(matchCreated, match.id, membersOf(match))
  expect(await conversationsOf(match)).toHaveLength(1)
  expect(await codeOfSending(match)).toBeNull()
})

test('a block beside the opening of the same conversation leaves it closed, whoever is first', async () => {
  for (let round = 0; round < 20; round++) {
    const match = chat.newMatch()
    await Promise.all([block(match), chat.send(match.cora, match, 'hello')])
    expect(await codeOfSending(match)).toBe('conversation_closed')
  }
}, 30_000)
