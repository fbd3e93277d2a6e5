import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Message } from '@accord/contracts/live'
import { type Match, startTestChat, type TestChat } from '../fixture/chat.sample.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startTestChat()
}, 30_000)
afterAll(() => chat.stop(), 30_000)

const page = (match: Match, query: string) =>
  chat.ask(match.ben, 'GET', `/${match.conversationId}/messages?${query}`)

test('history comes newest first, each message on exactly one page', async () => {
  const match = await chat.openMatch()
  for (let n = 1; n <= 7; n++) await chat.send(n % 2 ? match.ben : match.cora, match, `message ${n}`)
  const seen: Message[] = []
  let query = 'limit=3'
  for (;;) {
    const { body } = await page(match, query)
    expect(body.data.length).toBeLessThanOrEqual(3)
    seen.push(...body.data)
    if (!body.pagination.hasNextPage) break
    query = `limit=3&cursor=${body.pagination.nextCursor}`
  }
  expect(seen.map((message) => message.text)).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `message ${n}`))
  expect(seen.map((message) => message.clientMessageId !== null)).toEqual(
    seen.map((message) => message.senderId === match.ben.memberId),
  )
})

test('a page says where the conversation stands, so that a socket can go on from it', async () => {
  const match = await chat.openMatch()
  for (const text of ['one', 'two']) await chat.send(match.cora, match, text)
  await chat.ask(match.ben, 'POST', `/${match.conversationId}/read`, { upToSeq: 1 })
  const { body } = await page(match, 'afterSeq=1')
  expect(body.data.map((message: Message) => message.seq)).toEqual([2])
  expect(body).toMatchObject({ lastSeq: 3, readUpToSeq: 1, peerReadUpToSeq: 0 })
})

test('a page of very long messages ends early and goes on', async () => {
  const match = await chat.openMatch()
  // Three bytes for each character: the largest that a text can be.
  for (let n = 0; n < 40; n++) await chat.send(match.ben, match, '語'.repeat(4000))
  const { status, body } = await page(match, 'limit=100')
  expect(status).toBe(200)
  expect(body.data.length).toBeWithin(20, 40)
  expect(body.pagination.hasNextPage).toBe(true)
  const { body: rest } = await page(match, `limit=100&cursor=${body.pagination.nextCursor}`)
  expect(body.data.length + rest.data.length).toBe(40)
}, 30_000)

test('a cursor that is none of ours is refused', async () => {
  const match = await chat.openMatch()
  for (const values of [['x'], [-1], [1e12], [1.5]]) {
    const cursor = Buffer.from(JSON.stringify(values)).toString('base64url')
    expect((await page(match, `cursor=${cursor}`)).status).toBe(422)
  }
})

test('an empty history is an empty page', async () => {
  const match = chat.newMatch()
  const { status, body } = await page(match, '')
  expect(status).toBe(200)
  expect(body).toMatchObject({ data: [], lastSeq: 0, pagination: { hasNextPage: false, nextCursor: null } })
})
