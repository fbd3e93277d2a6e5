import { afterAll, beforeAll, expect, test } from 'bun:test'
import { matchCreated } from '@accord/contracts/event/match'
import { newId, withPrefix } from '@accord/contracts/id'
import { encodeCursor } from '@accord/kit/http/cursor'
import { testActor } from '@accord/stack/harness'
import { cardOf, startTestChat, type TestChat } from '../fixture/chat.sample.ts'
import { inOrder } from './rules.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startTestChat()
}, 30_000)
afterAll(() => chat.stop(), 30_000)

/** Someone with several conversations, the first the oldest, this long after one another. */
async function popular(count: number, apartMs: number) {
  const star = testActor()
  const peers = Array.from({ length: count }, () => testActor())
  const conversations: `con_${string}`[] = []
  for (const peer of peers) {
    const matchId = newId('mat')
    const memberIds = inOrder(star.memberId, peer.memberId)
    chat.clock.advance(apartMs)
    await chat.happened(matchCreated, matchId, { memberIds: [memberIds[0], memberIds[1]] })
    conversations.push(withPrefix('con', matchId))
  }
  return { star, peers, conversations }
}

test('the last active conversation stands first, with its last message and the other’s card', async () => {
  const { star, peers, conversations } = await popular(3, 1000)
  const [first] = peers
  if (!first) throw new Error('no peer')
  chat.known.cards.set(first.memberId, cardOf(first, 'Cora'))
  chat.clock.advance(1000)
  const text = 'Friday at eight? '.repeat(20).trim()
  const sent = await chat.ask(first, 'POST', `/${conversations[0]}/messages`, {
    clientMessageId: 'client-0001',
    text,
  })
  expect(sent.status).toBe(201)

  const { body } = await chat.ask(star, 'GET', '')
  expect(body.data.map((each: { id: string }) => each.id)).toEqual([
    conversations[0],
    conversations[2],
    conversations[1],
  ])
  expect(body.data[0]).toMatchObject({
    peerId: first.memberId,
    peer: { displayName: 'Cora' },
    lastMessage: { id: sent.body.id, seq: 1, senderId: first.memberId },
    lastSeq: 1,
    unreadCount: 1,
  })
  expect(body.data[0].lastMessage.preview).toBe(`${text.slice(0, 139)}…`)
  expect(body.data[1]).toMatchObject({ peer: null, lastMessage: null, unreadCount: 0 })
  expect(body.unreadCount).toBe(1)
})

test('every conversation stands on exactly one page, also where times are equal', async () => {
  const { star, conversations } = await popular(5, 0)
  const seen: string[] = []
  let query = '?limit=2'
  for (;;) {
    const { body } = await chat.ask(star, 'GET', query)
    seen.push(...body.data.map((each: { id: string }) => each.id))
    if (!body.pagination.hasNextPage) break
    query = `?limit=2&cursor=${body.pagination.nextCursor}`
  }
  expect(seen.toSorted()).toEqual(conversations.toSorted())
})

test('a message that was deleted leaves no words in the list', async () => {
  const match = await chat.openMatch()
  const { body: message } = await chat.send(match.ben, match, 'never mind')
  await chat.ask(match.ben, 'DELETE', `/${match.conversationId}/messages/${message.id}`)
  const { body } = await chat.ask(match.cora, 'GET', '')
  expect(body.data[0].lastMessage).toMatchObject({ id: message.id, preview: null })
})

test('a cursor that is none of ours is refused', async () => {
  for (const values of [
    ['yesterday', 'con_x'],
    ['yesterday', newId('con')],
    ['-200000-01-01T00:00:00.000Z', newId('con')],
  ]) {
    expect((await chat.ask(testActor(), 'GET', `?cursor=${encodeCursor(values)}`)).status).toBe(422)
  }
})

test('a member without conversations gets an empty list', async () => {
  const { body } = await chat.ask(testActor(), 'GET', '')
  expect(body).toMatchObject({ data: [], unreadCount: 0, pagination: { hasNextPage: false } })
})
