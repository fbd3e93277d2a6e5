import { afterAll, beforeAll, expect, test } from 'bun:test'
import { memberBlocked } from '@accord/contracts/event/identity'
import { newId } from '@accord/contracts/id'
import { testActor } from '@accord/stack/harness'
import { cardOf, type Match, startTestChat, type TestChat } from '../fixture/chat.sample.ts'
import { blockPair } from './close.ts'
import { findConversation } from './store.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startTestChat()
}, 30_000)
afterAll(() => chat.stop(), 30_000)

const get = (match: Match, actor = match.ben) => chat.ask(actor, 'GET', `/${match.conversationId}`)

test('a conversation is told of as the list tells of it, to each member from their side', async () => {
  const match = await chat.openMatch()
  const { ben, cora } = match
  chat.known.cards.set(ben.memberId, cardOf(ben, 'Ben'))
  chat.known.cards.set(cora.memberId, cardOf(cora, 'Cora'))
  for (const text of ['Good evening.', 'Are you there?']) await chat.send(cora, match, text)
  await chat.ask(ben, 'POST', `/${match.conversationId}/read`, { upToSeq: 1 })
  for (const actor of [ben, cora]) {
    const { status, body } = await get(match, actor)
    expect(status).toBe(200)
    expect([body]).toEqual((await chat.ask(actor, 'GET', '')).body.data)
  }
  expect((await get(match)).body).toMatchObject({
    id: match.conversationId,
    matchId: match.id,
    peerId: cora.memberId,
    peer: { displayName: 'Cora' },
    lastMessage: { seq: 2, preview: 'Are you there?' },
    unreadCount: 1,
    readUpToSeq: 1,
  })
  expect((await get(match, cora)).body).toMatchObject({ peer: { displayName: 'Ben' }, unreadCount: 0 })
})

test('it is there in the moment after a match, before chat has heard of it', async () => {
  const match = chat.newMatch()
  const { status, body } = await get(match)
  expect(status).toBe(200)
  expect(body).toMatchObject({ peerId: match.cora.memberId, lastMessage: null, lastSeq: 0, unreadCount: 0 })
})

test('it is told of without a card while none is to be had', async () => {
  const match = await chat.openMatch()
  const { status, body } = await get(match)
  expect([status, body.peer]).toEqual([200, null])
})

test('a stranger finds none, also of a match that chat has not heard of, and none is opened by it', async () => {
  const unheard = chat.newMatch()
  for (const match of [await chat.openMatch(), unheard]) {
    const answer = await get(match, testActor())
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found'])
  }
  expect(await findConversation(chat.service.base.db.primary, unheard.conversationId)).toBeNull()
  const nowhere = await chat.ask(testActor(), 'GET', `/${newId('con')}`)
  expect([nowhere.status, nowhere.body.code]).toEqual([404, 'not_found'])
})

test('a blocked pair is told, both of them, that it is closed; others still find none', async () => {
  const match = await chat.openMatch()
  const { ben, cora } = match
  await chat.send(cora, match, 'between us')
  await blockPair(chat.service.base, { blockerId: ben.memberId, blockedId: cora.memberId })
  for (const actor of [ben, cora]) {
    const { status, body } = await get(match, actor)
    expect([status, body.code]).toEqual([403, 'conversation_closed'])
    expect(JSON.stringify(body)).not.toContain('between us')
  }
  expect((await get(match, testActor())).body.code).toBe('not_found')
})

test('it stays closed for a pair whose block was heard of before their match', async () => {
  const match = chat.newMatch()
  const { ben, cora } = match
  chat.clock.advance(1000)
  await chat.happened(memberBlocked, ben.memberId, { blockerId: ben.memberId, blockedId: cora.memberId })
  expect((await get(match)).body.code).toBe('conversation_closed')
})

test('an id of another kind is refused', async () => {
  expect((await chat.ask(testActor(), 'GET', `/${newId('mat')}`)).status).toBe(422)
})
