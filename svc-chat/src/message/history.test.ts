import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Message } from '@accord/contracts/live'
import { type Databases, openDatabases } from '@accord/kit/db/database'
import { createTestDatabase } from '@accord/stack/harness'
import { blockPair } from '../conversation/close.ts'
import { getConversation } from '../conversation/get.ts'
import { listConversations } from '../conversation/list.ts'
import { insertConversation } from '../conversation/store.ts'
import type { Database } from '../db.ts'
import { type Match, startTestChat, type TestChat } from '../fixture/chat.sample.ts'
import { listMessages } from './history.ts'

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

describe('a replica that lags', () => {
  let behind: Databases<Database>
  let drop: () => Promise<void>
  beforeAll(async () => {
    const database = await createTestDatabase('chat', new URL('../../migrations', import.meta.url).href)
    const { log } = chat.service.base
    behind = openDatabases<Database>({ url: database.url, name: 'behind', log })
    drop = database.drop
  })
  afterAll(async () => {
    await behind.close()
    await drop()
  })
  const lagging = () => {
    const { base } = chat.service
    return { ...base, db: { ...base.db, replica: behind.primary } }
  }
  const read = ({ conversationId, cora }: Match) =>
    listMessages(lagging(), cora.memberId, { conversationId, limit: 20, cursor: null, afterSeq: null })
  const get = ({ conversationId, cora }: Match) => getConversation(lagging(), cora.memberId, conversationId)
  const list = async ({ cora }: Match) =>
    (await listConversations(lagging(), cora.memberId, { limit: 20, cursor: null })).data

  test('hides no message of a conversation that it has not heard of', async () => {
    const match = await chat.openMatch()
    await chat.send(match.ben, match, 'hello')
    expect(await read(match)).toMatchObject({ data: [{ text: 'hello' }], lastSeq: 1 })
    expect(await get(match)).toMatchObject({ lastMessage: { preview: 'hello' }, unreadCount: 1 })
  })

  test('does not keep a conversation open that a block has closed', async () => {
    const match = await chat.openMatch()
    const { conversationId: id, memberIds, ben, cora } = match
    await behind.primary
      .transaction()
      .execute((trx) => insertConversation(trx, { id, memberIds, openedAt: chat.clock(), closed: null }))
    expect(await read(match)).toMatchObject({ lastSeq: 0 })
    expect(await list(match)).toHaveLength(1)
    await blockPair(chat.service.base, { blockerId: ben.memberId, blockedId: cora.memberId })
    for (const answer of [await read(match), await get(match)])
      expect(answer).toEqual({ refused: 'conversation_closed' })
    expect(await list(match)).toEqual([])
  })
})
