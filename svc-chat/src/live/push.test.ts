import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { MemberId, MessageId } from '@accord/contracts/id'
import { type Databases, openDatabases } from '@accord/kit/db/database'
import { createTestDatabase } from '@accord/stack/harness'
import { blockPair, closeEndedMatch } from '../conversation/close.ts'
import { getConversation } from '../conversation/get.ts'
import { listConversations } from '../conversation/list.ts'
import { openFromMatch } from '../conversation/open.ts'
import { insertConversation } from '../conversation/store.ts'
import type { Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { type Match, startTestChat, type TestChat } from '../fixture/chat.sample.ts'
import { deleteMessage, editMessage } from '../message/change.ts'
import { sendMessage } from '../message/send.ts'
import { noteMessage } from '../message/store.ts'
import { markRead } from '../receipt/mark-read.ts'

let chat: TestChat
/** A replica that lags: it holds only what a test puts there. */
let behind: Databases<Database>
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await createTestDatabase('chat', new URL('../../migrations', import.meta.url).href)
  drop = database.drop
  chat = await startTestChat()
  behind = openDatabases<Database>({ url: database.url, name: 'behind', log: chat.service.base.log })
}, 30_000)
afterAll(async () => {
  await Promise.all([chat.stop(), behind.close()])
  await drop()
}, 30_000)

/** What each member reads who is told something, at the moment of the push. */
async function readAtPush<T>(
  act: (deps: ChatDeps) => Promise<unknown>,
  read: (deps: ChatDeps, memberId: MemberId) => Promise<T>,
): Promise<T[]> {
  const { base } = chat.service
  const reads: Promise<T>[] = []
  const deps: ChatDeps = {
    ...base,
    db: { ...base.db, replica: behind.primary },
    publishLive: (memberId) => void reads.push(read(deps, memberId)),
  }
  await act(deps)
  return Promise.all(reads)
}

const list = (deps: ChatDeps, memberId: MemberId) =>
  listConversations(deps, memberId, { limit: 20, cursor: null })

/** Ben has written to Cora, and she has not read it; all this the replica has heard of. */
async function talk(): Promise<Match & { messageId: MessageId }> {
  const match = await chat.openMatch()
  const { conversationId, memberIds, ben, cora } = match
  const { body: message } = await chat.send(ben, match, 'hello')
  const at = chat.clock()
  await behind.primary.transaction().execute(async (trx) => {
    await insertConversation(trx, { id: conversationId, memberIds, openedAt: at, closed: null })
    await noteMessage(trx, { conversationId, seq: 1, senderId: ben.memberId, peerId: cora.memberId, at })
  })
  return { ...match, messageId: message.id }
}

type Act = (deps: ChatDeps, talk: Match & { messageId: MessageId }) => Promise<unknown>

const changes: Record<string, Act> = {
  'a message': (deps, { conversationId, ben }) =>
    sendMessage(deps, ben.memberId, { conversationId, clientMessageId: 'client-0002', text: 'again' }),
  'an edit': (deps, { ben, ...key }) => editMessage(deps, ben.memberId, key, 'better words'),
  'a deletion': (deps, { ben, ...key }) => deleteMessage(deps, ben.memberId, key),
  'a receipt': (deps, { conversationId, cora }) =>
    markRead(deps, cora.memberId, { conversationId, upToSeq: 1 }),
}
test.each(Object.entries(changes))(
  'whoever is told of %s finds it, also where a replica lags',
  async (_, change) => {
    const match = await talk()
    const found = await readAtPush(
      (deps) => change(deps, match),
      (deps, memberId) => getConversation(deps, memberId, match.conversationId),
    )
    expect(found).toMatchObject([{ lastSeq: 2 }, { lastSeq: 2 }])
  },
)

test('whoever is told of a conversation finds it, also where a replica lags', async () => {
  const { conversationId: id, ben } = chat.newMatch()
  const found = await readAtPush((deps) => openFromMatch(deps, ben.memberId, id), list)
  expect(found).toMatchObject([{ data: [{ id }] }, { data: [{ id }] }])
})

const closings: Record<string, Act> = {
  'a block': (deps, { ben, cora }) => blockPair(deps, { blockerId: ben.memberId, blockedId: cora.memberId }),
  'the end of its match': (deps, { id, memberIds }) => closeEndedMatch(deps, { matchId: id, memberIds }),
}
test.each(Object.entries(closings))(
  'a conversation that %s closed counts nothing unread once it is told of, also where a replica lags',
  async (_, close) => {
    const match = await talk()
    const found = await readAtPush((deps) => close(deps, match), list)
    expect(found.map(({ unreadCount }) => unreadCount)).toEqual([0, 0])
  },
)
