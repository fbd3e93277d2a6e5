import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { subscriptionChanged } from '@accord/contracts/event/billing'
import { conversationRead, messageSent } from '@accord/contracts/event/chat'
import { memberConfirmed, memberDeleted } from '@accord/contracts/event/identity'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import { type MatchId, type MemberId, newId, toUuid, withPrefix } from '@accord/contracts/id'
import { encodeCursor } from '@accord/kit/http/cursor'
import { startNotify, type TestNotify } from '../fixture/notify.sample.ts'

let notify: TestNotify
beforeAll(async () => {
  notify = await startNotify()
})
afterAll(() => notify.stop())

const message = (senderId: MemberId, recipientId: MemberId, conversationId: string, seq = 1) =>
  notify.emit(messageSent, conversationId, { messageId: newId('msg'), senderId, recipientId, seq })
const ended = (memberIds: [MemberId, MemberId], match: MatchId) =>
  notify.emit(matchEnded, match, { memberIds, by: memberIds[0], reason: 'blocked' })
const read = (readerId: MemberId, conversationId: string, upToSeq: number) =>
  notify.emit(conversationRead, conversationId, { readerId, upToSeq })
const mailsOf = (...memberIds: MemberId[]) =>
  notify.base.db.primary
    .selectFrom('mails')
    .select('id')
    .where('member_id', 'in', memberIds.map(toUuid))
    .execute()
const readsOf = (...memberIds: MemberId[]) =>
  notify.base.db.primary
    .selectFrom('conversation_reads')
    .select('up_to_seq')
    .where('member_id', 'in', memberIds.map(toUuid))
    .execute()

test('a match is told to both members once, however often its event comes', async () => {
  const [a, b, match] = [newId('mem'), newId('mem'), newId('mat')]
  await notify.emit(matchCreated, match, { memberIds: [a, b] }, 3)
  for (const [memberId, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const { body } = await notify.inbox(memberId)
    expect(body.unread).toBe(1)
    expect(body.data).toHaveLength(1)
    expect(body.data[0]).toMatchObject({
      kind: 'match',
      count: 1,
      readAt: null,
      about: { memberId: other, matchId: match, conversationId: withPrefix('con', match) },
    })
  }
})

test('unread messages of a conversation are one entry that counts; a read one starts anew', async () => {
  const [sender, recipient, conversation] = [newId('mem'), newId('mem'), newId('con')]
  await message(sender, recipient, conversation, 1)
  await message(sender, recipient, conversation, 2)
  const before = await notify.inbox(recipient)
  expect(before.body).toMatchObject({ unread: 1, data: [{ kind: 'message', count: 2 }] })
  expect((await notify.inbox(sender)).body.data).toEqual([])

  const seen = await notify.as(recipient, 'POST', '/read', { ids: [before.body.data[0].id] })
  expect(seen.body).toEqual({ unread: 0 })
  await message(sender, recipient, conversation, 3)
  const after = await notify.inbox(recipient)
  expect(after.body.unread).toBe(1)
  expect(after.body.data.map((entry: { count: number }) => entry.count).sort()).toEqual([1, 2])
})

test('the sockets of the member are told the unread count', async () => {
  const member = newId('mem')
  const pushes = await notify.pushesTo(member)
  await notify.emit(memberConfirmed, member, {})
  await notify.as(member, 'POST', '/read', {})
  await notify.base.nats.flush()
  await notify.inbox(member)
  expect(pushes).toEqual([
    { type: 'notification', unread: 1 },
    { type: 'notification', unread: 0 },
  ])
})

test('nobody reads, or marks as read, another’s notifications', async () => {
  const [owner, stranger] = [newId('mem'), newId('mem')]
  await notify.emit(memberConfirmed, owner, {})
  const own = await notify.inbox(owner)
  await notify.as(stranger, 'POST', '/read', { ids: [own.body.data[0].id] })
  expect((await notify.inbox(stranger)).body.data).toEqual([])
  expect((await notify.inbox(owner)).body.unread).toBe(1)
  expect((await notify.request({ method: 'GET', path: '/api/v1/notifications' })).status).toBe(401)
})

test('pages hold every entry once, the newest first', async () => {
  const member = newId('mem')
  for (let n = 0; n < 5; n += 1) {
    notify.clock.advance(1000)
    await notify.emit(subscriptionChanged, member, {
      plan: 'plus',
      status: 'active',
      currentPeriodEnd: null,
      cancelAtPeriodEnd: false,
    })
  }
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { body } = await notify.inbox(member, `?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    seen.push(...body.data.map((entry: { createdAt: string }) => entry.createdAt))
    cursor = body.pagination.nextCursor
  } while (cursor)
  expect(seen).toHaveLength(5)
  expect(seen).toEqual([...seen].sort().reverse())
})

test('a cursor that is none is refused by name', async () => {
  const distant = encodeCursor(['-200000-01-01T00:00:00.000Z', newId('ntf')])
  for (const cursor of ['bm9uc2Vuc2U', distant]) {
    const answer = await notify.inbox(newId('mem'), `?cursor=${cursor}`)
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } })
  }
})

test('nothing is kept about a member who left, in no inbox', async () => {
  const [member, other] = [newId('mem'), newId('mem')]
  await notify.emit(memberConfirmed, member, {})
  await notify.emit(memberConfirmed, other, {})
  await notify.emit(matchCreated, newId('mat'), { memberIds: [member, other] })
  const pushes = await notify.pushesTo(other)
  await notify.emit(memberDeleted, member, {})
  expect((await notify.inbox(member)).body).toMatchObject({ data: [], unread: 0 })
  expect((await notify.inbox(other)).body).toMatchObject({ data: [{ kind: 'welcome' }], unread: 1 })
  await notify.base.nats.flush()
  expect(pushes).toEqual([{ type: 'notification', unread: 1 }])
})

test('what other streams tell late of a member who left leaves nothing behind', async () => {
  const [member, other, conversation] = [newId('mem'), newId('mem'), newId('con')]
  await notify.emit(memberDeleted, member, {})
  await notify.emit(matchCreated, newId('mat'), { memberIds: [member, other] })
  await message(other, member, conversation)
  expect((await notify.inbox(member)).body).toMatchObject({ data: [], unread: 0 })
  expect(await mailsOf(member)).toEqual([])
  expect((await notify.inbox(other)).body).toMatchObject({ data: [], unread: 0 })
})

describe('a match that ended', () => {
  test('is in neither inbox any more, nor is its conversation, and both hear of it', async () => {
    const pair: [MemberId, MemberId] = [newId('mem'), newId('mem')]
    const match = newId('mat')
    for (const memberId of pair) await notify.emit(memberConfirmed, memberId, {})
    await notify.emit(matchCreated, match, { memberIds: pair })
    await message(pair[0], pair[1], withPrefix('con', match))
    const pushes = await Promise.all(pair.map(notify.pushesTo))
    await ended(pair, match)
    for (const memberId of pair) {
      expect((await notify.inbox(memberId)).body).toMatchObject({ data: [{ kind: 'welcome' }], unread: 1 })
    }
    await notify.base.nats.flush()
    expect(pushes).toEqual([[{ type: 'notification', unread: 1 }], [{ type: 'notification', unread: 1 }]])
  })

  test('stays away, whatever is told of it late', async () => {
    const pair: [MemberId, MemberId] = [newId('mem'), newId('mem')]
    const match = newId('mat')
    await ended(pair, match)
    await notify.emit(matchCreated, match, { memberIds: pair })
    await message(pair[0], pair[1], withPrefix('con', match))
    await read(pair[1], withPrefix('con', match), 1)
    for (const memberId of pair) {
      expect((await notify.inbox(memberId)).body).toMatchObject({ data: [], unread: 0 })
    }
    expect(await mailsOf(...pair)).toEqual([])
    expect(await readsOf(...pair)).toEqual([])
  })

  test('leaves nothing of a message of the same moment, whichever is first', async () => {
    for (let round = 0; round < 20; round += 1) {
      const pair: [MemberId, MemberId] = [newId('mem'), newId('mem')]
      const match = newId('mat')
      await Promise.all([message(pair[0], pair[1], withPrefix('con', match)), ended(pair, match)])
      expect((await notify.inbox(pair[1])).body).toMatchObject({ data: [], unread: 0 })
    }
  })

  test('takes nothing of another match away', async () => {
    const [a, b, c] = [newId('mem'), newId('mem'), newId('mem')]
    const match = newId('mat')
    await notify.emit(matchCreated, match, { memberIds: [a, b] })
    await notify.emit(matchCreated, newId('mat'), { memberIds: [a, c] })
    await ended([a, b], match)
    expect((await notify.inbox(a)).body).toMatchObject({ data: [{ about: { memberId: c } }], unread: 1 })
  })
})

describe('a conversation that was read', () => {
  test('has its entry read, and the sockets of the reader hear of it', async () => {
    const [sender, reader, conversation] = [newId('mem'), newId('mem'), newId('con')]
    await message(sender, reader, conversation, 1)
    await message(sender, reader, conversation, 2)
    const pushes = await notify.pushesTo(reader)
    await read(reader, conversation, 2)
    const { body } = await notify.inbox(reader)
    expect(body).toMatchObject({ unread: 0, data: [{ kind: 'message', count: 2 }] })
    expect(body.data[0].readAt).toBe(notify.clock().toISOString())
    await notify.base.nats.flush()
    expect(pushes).toEqual([{ type: 'notification', unread: 0 }])
  })

  test('keeps its entry unread while a later message is not read', async () => {
    const [sender, reader, conversation] = [newId('mem'), newId('mem'), newId('con')]
    await message(sender, reader, conversation, 1)
    await message(sender, reader, conversation, 2)
    await read(reader, conversation, 1)
    expect((await notify.inbox(reader)).body.unread).toBe(1)
  })

  test('makes no entry of a message that is told after it was read', async () => {
    const [sender, reader, conversation] = [newId('mem'), newId('mem'), newId('con')]
    await read(reader, conversation, 3)
    await read(reader, conversation, 2)
    await message(sender, reader, conversation, 3)
    expect((await notify.inbox(reader)).body).toMatchObject({ data: [], unread: 0 })
    await message(sender, reader, conversation, 5)
    expect((await notify.inbox(reader)).body.unread).toBe(1)
  })

  test('says nothing of other conversations, or of the other member', async () => {
    const [a, b, conversation, other] = [newId('mem'), newId('mem'), newId('con'), newId('con')]
    await message(a, b, conversation, 1)
    await message(b, a, conversation, 2)
    await message(a, b, other, 1)
    await read(b, conversation, 1)
    expect((await notify.inbox(b)).body.unread).toBe(1)
    expect((await notify.inbox(a)).body.unread).toBe(1)
  })

  test('leaves nothing behind with a member who left', async () => {
    const [reader, conversation] = [newId('mem'), newId('con')]
    await read(reader, conversation, 1)
    await notify.emit(memberDeleted, reader, {})
    await read(reader, conversation, 2)
    expect(await readsOf(reader)).toEqual([])
  })
})
