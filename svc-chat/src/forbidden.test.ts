import { afterAll, beforeAll, expect, test } from 'bun:test'
import { matchEnded } from '@accord/contracts/event/match'
import { testActor } from '@accord/stack/harness'
import { startTestChat, type TestChat } from './fixture/chat.sample.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startTestChat()
}, 30_000)
afterAll(() => chat.stop(), 30_000)

const draft = { clientMessageId: 'client-0001', text: 'let me in' }
const message = 'msg_01k9zv8h5ae6wt3q4x7n2m0c1d'
const operations: [name: string, method: string, path: string, body?: object][] = [
  ['getConversation', 'GET', ''],
  ['listMessages', 'GET', '/messages'],
  ['sendMessage', 'POST', '/messages', draft],
  ['editMessage', 'PATCH', `/messages/${message}`, { text: 'changed' }],
  ['deleteMessage', 'DELETE', `/messages/${message}`],
  ['markRead', 'POST', '/read', { upToSeq: 1 }],
]

for (const [name, method, path, body] of operations) {
  test(`${name} finds no conversation for a third person`, async () => {
    const match = await chat.openMatch()
    await chat.send(match.ben, match, 'between us')
    const answer = await chat.ask(testActor(), method, `/${match.conversationId}${path}`, body)
    expect(answer.status).toBe(404)
    expect(answer.body.code).toBe('not_found')
  })

  test(`${name} is refused in a closed conversation, and to others still not found`, async () => {
    const match = await chat.openMatch()
    await chat.send(match.ben, match, 'between us')
    const memberIds: [`mem_${string}`, `mem_${string}`] = [match.memberIds[0], match.memberIds[1]]
    await chat.happened(matchEnded, match.id, { memberIds, by: null, reason: 'unmatched' })
    const target = `/${match.conversationId}${path}`
    const answer = await chat.ask(match.ben, method, target, body)
    expect(answer.status).toBe(403)
    expect(answer.body.code).toBe('conversation_closed')
    expect((await chat.ask(testActor(), method, target, body)).body.code).toBe('not_found')
  })

  test(`${name} needs an actor`, async () => {
    const { conversationId } = chat.newMatch()
    const answer = await chat.service.request({
      method,
      path: `/api/v1/conversations/${conversationId}${path}`,
      ...(body === undefined ? {} : { body }),
    })
    expect(answer.body.code).toBe('unauthenticated')
  })
}
