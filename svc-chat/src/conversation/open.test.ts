import { afterAll, beforeAll, expect, test } from 'bun:test'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import type { MemberId } from '@accord/contracts/id'
import type { LiveEvent } from '@accord/contracts/live'
import { type Match, membersOf, startTestChat, type TestChat } from '../fixture/chat.sample.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startTestChat()
}, 30_000)
afterAll(() => chat.stop(), 30_000)

const begin = (match: Match) => chat.happened(matchCreated, match.id, membersOf(match))
const opened = ({ conversationId }: Match, memberId: MemberId): LiveEvent => ({
  type: 'conversation.opened',
  conversationId,
  memberId,
})

async function ears({ ben, cora }: Match) {
  const [his, hers] = await Promise.all([chat.hear(ben.memberId), chat.hear(cora.memberId)])
  return async () => {
    await Promise.all([his.settled(), hers.settled()])
    return [his.events, hers.events]
  }
}

test('the open apps of both are told once that it is in their lists', async () => {
  const match = chat.newMatch()
  const heard = await ears(match)
  await begin(match)
  await begin(match)
  const { ben, cora } = match
  expect(await heard()).toEqual([[opened(match, cora.memberId)], [opened(match, ben.memberId)]])
})

test('they are told when one of them comes ahead of the event, and not again by it', async () => {
  const match = chat.newMatch()
  const { ben, cora, conversationId } = match
  const heard = await ears(match)
  expect((await chat.ask(ben, 'GET', `/${conversationId}`)).status).toBe(200)
  expect(await heard()).toEqual([[opened(match, cora.memberId)], [opened(match, ben.memberId)]])
  await begin(match)
  expect((await heard()).flat()).toHaveLength(2)
})

test('nobody is told of one whose match ended before it was heard of', async () => {
  const match = chat.newMatch()
  const heard = await ears(match)
  const by = match.ben.memberId
  await chat.happened(matchEnded, match.id, { ...membersOf(match), by, reason: 'unmatched' })
  await begin(match)
  expect(await heard()).toEqual([[], []])
})
