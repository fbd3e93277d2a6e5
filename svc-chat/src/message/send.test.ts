import { afterAll, beforeAll, expect, test } from 'bun:test'
import { messageSent } from '@accord/contracts/event/chat'
import { eventSubject } from '@accord/contracts/event/define'
import { toUuid } from '@accord/contracts/id'
import { testActor } from '@accord/stack/harness'
import { startTestChat, type TestChat } from '../fixture/chat.sample.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startTestChat()
}, 30_000)
afterAll(() => chat.stop(), 30_000)

const range = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

test('fifty messages sent at once get seqs without a gap or a repetition', async () => {
  const match = await chat.openMatch()
  const senders = [match.ben, match.cora]
  const answers = await Promise.all(
    range(50).map((n) => chat.send(senders[n % 2] ?? match.ben, match, `message ${n}`)),
  )
  expect(answers.map((answer) => answer.status)).toEqual(Array(50).fill(201))
  const seqs = answers.map((answer) => answer.body.seq).sort((a, b) => a - b)
  expect(seqs).toEqual(range(50))
}, 30_000)

test('the same clientMessageId is one message, also when both come at once', async () => {
  const match = await chat.openMatch()
  const sends = range(10).map(() => chat.send(match.ben, match, 'once', 'client-0001'))
  const answers = await Promise.all(sends)
  const again = await chat.send(match.ben, match, 'other words', 'client-0001')
  for (const { status, body } of [...answers, again]) {
    expect(status).toBe(201)
    expect(body).toEqual(answers[0]?.body)
  }
  const { body } = await chat.ask(match.ben, 'GET', `/${match.conversationId}/messages`)
  expect(body.data).toHaveLength(1)
})

test('both members hear of a message; only its sender sees the clientMessageId', async () => {
  const match = await chat.openMatch()
  const [ben, cora] = await Promise.all([chat.hear(match.ben.memberId), chat.hear(match.cora.memberId)])
  const { body: message } = await chat.send(match.ben, match, 'hello', 'client-0001')
  await ben.settled()
  const change = { type: 'message.created' as const, conversationId: match.conversationId, seq: 1 }
  expect(ben.events).toEqual([{ ...change, message }])
  expect(cora.events).toEqual([{ ...change, message: { ...message, clientMessageId: null } }])
})

test('a message puts one event without its text into the outbox', async () => {
  const match = await chat.openMatch()
  const operator = await chat.service.nats.connect('operator')
  const published: string[] = []
  operator.subscribe(eventSubject(messageSent, match.conversationId), {
    callback: (_, event) => void published.push(event.string()),
  })
  await operator.flush()
  const { body: message } = await chat.send(match.ben, match, 'a secret between two', 'client-0001')
  await chat.service.relay.idle()
  await operator.flush()
  expect(published).toHaveLength(1)
  expect(JSON.parse(published[0] ?? '').data).toEqual({
    messageId: message.id,
    senderId: match.ben.memberId,
    recipientId: match.cora.memberId,
    seq: 1,
  })
})

test('a text cannot be read in the database, and not in another row either', async () => {
  const match = await chat.openMatch()
  const text = 'my address is 12 Rue de Rivoli'
  const { body: first } = await chat.send(match.ben, match, text)
  await chat.send(match.ben, match, 'another text')
  const db = chat.service.base.db.primary
  const rows = await db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', toUuid(match.conversationId))
    .orderBy('seq')
    .execute()
  const [sealed, other] = rows.map((row) => row.body ?? Buffer.alloc(0))
  expect(sealed?.includes('Rivoli')).toBe(false)
  const binding = { owner: match.conversationId, table: 'messages', column: 'body', row: first.id }
  const { envelope } = chat.service.base
  expect(await envelope.decrypt(db, binding, sealed ?? Buffer.alloc(0))).toBe(text)
  expect(envelope.decrypt(db, binding, other ?? Buffer.alloc(0))).rejects.toThrow()
})

test('a conversation is open before the event of its match has arrived', async () => {
  const match = chat.newMatch()
  const answers = await Promise.all([
    chat.send(match.ben, match, 'first'),
    chat.send(match.cora, match, 'also first'),
  ])
  expect(answers.map((answer) => answer.status)).toEqual([201, 201])
  expect(answers.map((answer) => answer.body.seq).sort()).toEqual([1, 2])
})

test('a stranger cannot open a conversation that chat does not know', async () => {
  const match = chat.newMatch()
  expect((await chat.send(testActor(), match, 'hello')).body.code).toBe('not_found')
  const rows = await chat.service.base.db.primary
    .selectFrom('conversations')
    .where('id', '=', toUuid(match.conversationId))
    .select('id')
    .execute()
  expect(rows).toEqual([])
})

test('a text with nothing to see in it is refused by its field', async () => {
  const match = await chat.openMatch()
  for (const text of ['   ', '\u0007bell', '']) {
    const { status, body } = await chat.send(match.ben, match, text)
    expect(status).toBe(422)
    expect(body.fields[0].path).toBe('/text')
  }
  expect((await chat.send(match.ben, match, 'x'.repeat(4001))).status).toBe(422)
  expect((await chat.send(match.ben, match, ` ${'x'.repeat(3998)} `)).body.text).toHaveLength(3998)
})
