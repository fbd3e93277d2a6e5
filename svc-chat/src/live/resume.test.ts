import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { resume, resumeLimit, typing } from '@accord/contracts/call/chat'
import type { ConversationId, MemberId } from '@accord/contracts/id'
import type { ConversationChange } from '@accord/contracts/live'
import { type Call, createCaller } from '@accord/kit/call'
import { testActor } from '@accord/stack/harness'
import { blockPair } from '../conversation/close.ts'
import { type Match, startTestChat, type TestChat } from '../fixture/chat.sample.ts'

let chat: TestChat
let call: Call
beforeAll(async () => {
  chat = await startTestChat()
  call = createCaller(await chat.service.nats.connect('gateway'), { log: chat.service.base.log })
}, 30_000)
afterAll(() => chat.stop(), 30_000)

async function resumed(memberId: MemberId, known: Record<ConversationId, number>) {
  return (await call(resume, { memberId, conversations: known })).conversations
}

async function block(match: Match): Promise<void> {
  await blockPair(chat.service.base, { blockerId: match.ben.memberId, blockedId: match.cora.memberId })
}

describe('resume', () => {
  test('gives the whole gap in order: messages, edits, deletions and receipts', async () => {
    const match = await chat.openMatch()
    const path = `/${match.conversationId}/messages`
    const ear = await chat.hear(match.cora.memberId)
    const first = await chat.send(match.ben, match, 'one')
    const second = await chat.send(match.ben, match, 'two')
    await chat.ask(match.cora, 'POST', `/${match.conversationId}/read`, { upToSeq: 2 })
    await chat.ask(match.ben, 'PATCH', `${path}/${first.body.id}`, { text: 'ONE' })
    await chat.ask(match.ben, 'DELETE', `${path}/${second.body.id}`)
    await ear.settled()

    const answer = await resumed(match.cora.memberId, { [match.conversationId]: 0 })
    const { recovered, seq, changes } = answer[match.conversationId] ?? {
      recovered: false,
      seq: 0,
      changes: [],
    }
    expect({ recovered, seq }).toEqual({ recovered: true, seq: 5 })
    expect(changes.map((change) => [change.seq, change.type])).toEqual([
      [1, 'message.created'],
      [2, 'message.created'],
      [3, 'read'],
      [4, 'message.changed'],
      [5, 'message.changed'],
    ])
    expect(stateAfter(changes)).toEqual(stateAfter(ear.events as ConversationChange[]))

    const part = await resumed(match.cora.memberId, { [match.conversationId]: 3 })
    expect(part[match.conversationId]?.changes).toEqual(changes.slice(3))
  })

  test('does not give back the words of a message that was deleted since', async () => {
    const match = await chat.openMatch()
    const { body } = await chat.send(match.ben, match, 'I take this back')
    await chat.ask(match.ben, 'DELETE', `/${match.conversationId}/messages/${body.id}`)
    const answer = await resumed(match.cora.memberId, { [match.conversationId]: 0 })
    expect(JSON.stringify(answer)).not.toContain('take this back')
  })

  test('shows a clientMessageId to its sender alone', async () => {
    const match = await chat.openMatch()
    await chat.send(match.ben, match, 'hello', 'client-0001')
    const own = await resumed(match.ben.memberId, { [match.conversationId]: 0 })
    const peers = await resumed(match.cora.memberId, { [match.conversationId]: 0 })
    expect(JSON.stringify(own)).toContain('client-0001')
    expect(JSON.stringify(peers)).not.toContain('client-0001')
  })

  test('gives a gap that is too long not at all', async () => {
    const match = await chat.openMatch()
    for (let n = 0; n <= resumeLimit; n += 3) {
      await Promise.all([n, n + 1, n + 2].map((each) => chat.send(match.ben, match, `message ${each}`)))
    }
    const known = { [match.conversationId]: 0 }
    expect((await resumed(match.cora.memberId, known))[match.conversationId]).toEqual({
      recovered: false,
      seq: resumeLimit + 1,
      changes: [],
    })
    const shorter = await resumed(match.cora.memberId, { [match.conversationId]: 1 })
    expect(shorter[match.conversationId]?.changes).toHaveLength(resumeLimit)
  }, 30_000)

  test('gives what is too heavy for one answer not at all, and the lighter ones whole', async () => {
    const [heavy, light] = [await chat.openMatch(), await chat.openMatch()]
    for (let n = 0; n < 30; n++) await chat.send(heavy.ben, heavy, '語'.repeat(4000))
    await chat.send(light.ben, light, 'hello')
    const answer = await resumed(heavy.cora.memberId, { [heavy.conversationId]: 0 })
    expect(answer[heavy.conversationId]).toMatchObject({ recovered: false, seq: 30, changes: [] })
    const other = await resumed(light.cora.memberId, { [light.conversationId]: 0 })
    expect(other[light.conversationId]).toMatchObject({ recovered: true, seq: 1 })
  }, 30_000)

  test('with nothing missed, or with more than there is, gives no changes', async () => {
    const match = await chat.openMatch()
    await chat.send(match.ben, match, 'hello')
    const known = (seq: number) => resumed(match.cora.memberId, { [match.conversationId]: seq })
    expect((await known(1))[match.conversationId]).toEqual({ recovered: true, seq: 1, changes: [] })
    expect((await known(9))[match.conversationId]).toEqual({ recovered: false, seq: 1, changes: [] })
  })

  test('leaves out conversations that are closed, of others, or none at all', async () => {
    const [match, others] = [await chat.openMatch(), await chat.openMatch()]
    await chat.send(others.ben, others, 'not for you')
    await block(match)
    const known = { [match.conversationId]: 0, [others.conversationId]: 0, con_nonsense: 0 }
    expect(await resumed(match.ben.memberId, known)).toEqual({})
  })
})

describe('typing', () => {
  test('is told to the other member, and stored nowhere', async () => {
    const match = await chat.openMatch()
    const ear = await chat.hear(match.cora.memberId)
    const { memberId } = match.ben
    const { conversationId } = match
    expect(await call(typing, { memberId, conversationId })).toEqual({ delivered: true })
    await ear.settled()
    expect(ear.events).toEqual([{ type: 'typing', conversationId, memberId }])
  })
  test('reaches nobody from a stranger or in a closed conversation', async () => {
    const match = await chat.openMatch()
    const ear = await chat.hear(match.cora.memberId)
    const { conversationId } = match
    const stranger = testActor().memberId
    expect(await call(typing, { memberId: stranger, conversationId })).toEqual({ delivered: false })
    await block(match)
    expect(await call(typing, { memberId: match.ben.memberId, conversationId })).toEqual({ delivered: false })
    await ear.settled()
    expect(ear.events.filter((event) => event.type === 'typing')).toEqual([])
  })
})

/** What a client holds after it has applied these changes. */
function stateAfter(changes: readonly ConversationChange[]) {
  const texts = new Map<string, string | null>()
  let readUpTo = 0
  for (const change of changes) {
    if (change.type === 'read') readUpTo = change.upToSeq
    else texts.set(change.message.id, change.message.text)
  }
  return { texts: [...texts], readUpTo }
}
