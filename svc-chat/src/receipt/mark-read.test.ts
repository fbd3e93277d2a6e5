import { afterAll, beforeAll, expect, test } from 'bun:test'
import { conversationRead } from '@accord/contracts/event/chat'
import { eventSubject } from '@accord/contracts/event/define'
import { type Match, startTestChat, type TestChat } from '../fixture/chat.sample.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startTestChat()
}, 30_000)
afterAll(() => chat.stop(), 30_000)

const read = (match: Match, upToSeq: number) =>
  chat.ask(match.cora, 'POST', `/${match.conversationId}/read`, { upToSeq })

test('a receipt moves forward only, and both members hear of it once', async () => {
  const match = await chat.openMatch()
  for (const text of ['one', 'two', 'three']) await chat.send(match.ben, match, text)
  const ears = await Promise.all([chat.hear(match.ben.memberId), chat.hear(match.cora.memberId)])
  expect((await read(match, 2)).body).toMatchObject({ upToSeq: 2, unreadCount: 1 })
  expect((await read(match, 2)).body).toMatchObject({ upToSeq: 2, unreadCount: 1 })
  expect((await read(match, 1)).body).toMatchObject({ upToSeq: 2, unreadCount: 1 })
  const receipt = {
    type: 'read' as const,
    conversationId: match.conversationId,
    seq: 4,
    readerId: match.cora.memberId,
    upToSeq: 2,
  }
  for (const { events, settled } of ears) {
    await settled()
    expect(events).toEqual([receipt])
  }
})

test('a receipt that moves forward is told to the other services, and no other', async () => {
  const match = await chat.openMatch()
  const operator = await chat.service.nats.connect('operator')
  const published: string[] = []
  operator.subscribe(eventSubject(conversationRead, match.conversationId), {
    callback: (_, event) => void published.push(event.string()),
  })
  await operator.flush()
  for (const text of ['one', 'two', 'three']) await chat.send(match.ben, match, text)
  for (const upToSeq of [2, 2, 1, 3, 4]) await read(match, upToSeq)
  await chat.service.relay.idle()
  await operator.flush()
  const told = published.map((event) => JSON.parse(event))
  expect(told.map(({ data }) => data)).toEqual(
    [2, 3].map((upToSeq) => ({ readerId: match.cora.memberId, upToSeq })),
  )
  expect(told.map(({ actor }) => actor)).toEqual([match.cora.memberId, match.cora.memberId])
})

test('reading a receipt back as if it were a message ends there', async () => {
  const match = await chat.openMatch()
  await chat.send(match.ben, match, 'one')
  await read(match, 1)
  expect((await read(match, 2)).body).toMatchObject({ upToSeq: 1, unreadCount: 0 })
  const { body } = await chat.ask(match.ben, 'GET', `/${match.conversationId}/messages`)
  expect(body).toMatchObject({ lastSeq: 2, peerReadUpToSeq: 1 })
})

test('what is still to come cannot be read', async () => {
  const match = await chat.openMatch()
  await chat.send(match.ben, match, 'one')
  expect((await read(match, 2_000_000_000_000)).body).toMatchObject({ upToSeq: 1, unreadCount: 0 })
  await chat.send(match.ben, match, 'two')
  expect((await read(match, 1)).body.unreadCount).toBe(1)
})

test('the unread count is right after any mixture of sending and reading', async () => {
  const match = await chat.openMatch()
  const work: Promise<unknown>[] = []
  for (let n = 1; n <= 30; n++) {
    work.push(chat.send(match.ben, match, `message ${n}`))
    if (n % 3 === 0) work.push(read(match, n))
    if (n % 5 === 0) work.push(chat.send(match.cora, match, `answer ${n}`))
  }
  await Promise.all(work)
  const { body } = await chat.ask(match.cora, 'GET', `/${match.conversationId}/messages?limit=100`)
  const waiting = body.data.filter(
    (message: { seq: number; senderId: string }) =>
      message.senderId === match.ben.memberId && message.seq > body.readUpToSeq,
  )
  const list = await chat.ask(match.cora, 'GET', '')
  expect(list.body.data[0].unreadCount).toBe(waiting.length)
  expect((await read(match, body.lastSeq)).body.unreadCount).toBe(0)
  expect((await chat.ask(match.cora, 'GET', '')).body.unreadCount).toBe(0)
}, 30_000)
