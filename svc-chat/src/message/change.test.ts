import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { toUuid } from '@accord/contracts/id'
import { type Match, startTestChat, type TestChat } from '../fixture/chat.sample.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startTestChat()
}, 30_000)
afterAll(() => chat.stop(), 30_000)

async function sent(): Promise<Match & { path: string; messageId: string }> {
  const match = await chat.openMatch()
  const { body } = await chat.send(match.ben, match, 'first words')
  return { ...match, messageId: body.id, path: `/${match.conversationId}/messages/${body.id}` }
}

const unreadOf = async (match: Match) => (await chat.ask(match.cora, 'GET', '')).body.unreadCount

describe('an edit', () => {
  test('gives the message another text, keeps its place, and takes a seq', async () => {
    const match = await sent()
    const ear = await chat.hear(match.cora.memberId)
    const { status, body } = await chat.ask(match.ben, 'PATCH', match.path, { text: 'better words' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ seq: 1, text: 'better words', editedAt: chat.clock().toISOString() })
    await ear.settled()
    expect(ear.events).toEqual([
      {
        type: 'message.changed',
        conversationId: match.conversationId,
        seq: 2,
        message: { ...body, clientMessageId: null },
      },
    ])
  })
  test('with the same text changes nothing', async () => {
    const match = await sent()
    const ear = await chat.hear(match.cora.memberId)
    const { body } = await chat.ask(match.ben, 'PATCH', match.path, { text: ' first words ' })
    expect(body.editedAt).toBeNull()
    await ear.settled()
    expect(ear.events).toEqual([])
  })
  test('is refused after a quarter of an hour', async () => {
    const match = await sent()
    chat.clock.advance(15 * 60_000 + 1)
    const { body } = await chat.ask(match.ben, 'PATCH', match.path, { text: 'too late' })
    expect(body.code).toBe('message_not_editable')
  })
  test('of the other member’s message is forbidden', async () => {
    const match = await sent()
    expect((await chat.ask(match.cora, 'PATCH', match.path, { text: 'not mine' })).body.code).toBe(
      'forbidden',
    )
    expect((await chat.ask(match.cora, 'DELETE', match.path)).body.code).toBe('forbidden')
  })
})

describe('a deletion', () => {
  test('erases the text from the database and leaves its place', async () => {
    const match = await sent()
    expect((await chat.ask(match.ben, 'DELETE', match.path)).status).toBe(204)
    const { body } = await chat.ask(match.cora, 'GET', `/${match.conversationId}/messages`)
    expect(body.data).toMatchObject([{ seq: 1, text: null, deletedAt: chat.clock().toISOString() }])
    const { body: sealed } = await chat.service.base.db.primary
      .selectFrom('messages')
      .select('body')
      .where('conversation_id', '=', toUuid(match.conversationId))
      .executeTakeFirstOrThrow()
    expect(sealed).toBeNull()
  })
  test('twice is one change', async () => {
    const match = await sent()
    const ear = await chat.hear(match.ben.memberId)
    const answers = await Promise.all([1, 2, 3].map(() => chat.ask(match.ben, 'DELETE', match.path)))
    expect(answers.map((answer) => answer.status)).toEqual([204, 204, 204])
    await ear.settled()
    expect(ear.events.map((event) => event.type)).toEqual(['message.changed'])
  })
  test('of what was not read makes it unread no more', async () => {
    const match = await sent()
    expect(await unreadOf(match)).toBe(1)
    await chat.ask(match.ben, 'DELETE', match.path)
    expect(await unreadOf(match)).toBe(0)
  })
  test('of what was read leaves the count alone', async () => {
    const match = await sent()
    await chat.ask(match.cora, 'POST', `/${match.conversationId}/read`, { upToSeq: 1 })
    await chat.send(match.ben, match, 'second')
    await chat.ask(match.ben, 'DELETE', match.path)
    expect(await unreadOf(match)).toBe(1)
  })
  test('cannot be edited away', async () => {
    const match = await sent()
    await chat.ask(match.ben, 'DELETE', match.path)
    const { body } = await chat.ask(match.ben, 'PATCH', match.path, { text: 'again' })
    expect(body.code).toBe('message_not_editable')
  })
})

test('a message of another conversation is not found here', async () => {
  const [match, other] = [await sent(), await chat.openMatch()]
  const path = `/${other.conversationId}/messages/${match.messageId}`
  expect((await chat.ask(other.ben, 'DELETE', path)).body.code).toBe('not_found')
})
