import { describe, expect, test } from 'bun:test'
import { applyToList, laterList, withItem, withoutItem, withPage } from './conversation-list.ts'
import type { Change } from './history.ts'
import type { Conversation, ConversationList } from './queries.ts'

const conversation = (name: string, more: Partial<Conversation> = {}): Conversation => ({
  id: `con_${name}`,
  matchId: `mat_${name}`,
  peerId: `mem_${name}`,
  peer: null,
  lastMessage: null,
  lastActivityAt: '2026-03-01T10:00:00.000Z',
  lastSeq: 0,
  unreadCount: 0,
  readUpToSeq: 0,
  peerReadUpToSeq: 0,
  ...more,
})
const listOf = (...data: Conversation[]): ConversationList => ({
  data,
  pagination: { hasNextPage: false, nextCursor: null, limit: 50 },
  unreadCount: data.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
})
const wrote = (name: string, seq: number, senderId: string, text: string | null = 'hello'): Change => ({
  type: 'message.created',
  conversationId: `con_${name}`,
  seq,
  message: {
    id: `msg_${seq}`,
    conversationId: `con_${name}`,
    senderId,
    clientMessageId: null,
    seq,
    text,
    createdAt: '2026-03-01T11:00:00.000Z',
    editedAt: null,
    deletedAt: null,
  },
})
const read = (name: string, seq: number, readerId: string, upToSeq: number): Change => ({
  type: 'read',
  conversationId: `con_${name}`,
  seq,
  readerId,
  upToSeq,
})

describe('a new message', () => {
  const list = listOf(conversation('a', { lastActivityAt: '2026-03-01T10:30:00.000Z' }), conversation('b'))

  test('brings its conversation to the top, with its words, and counts as unread once', () => {
    const next = applyToList(list, wrote('b', 1, 'mem_b'))
    expect(next?.data.map(({ id }) => id)).toEqual(['con_b', 'con_a'])
    expect(next?.data[0]).toMatchObject({ lastSeq: 1, unreadCount: 1, lastMessage: { preview: 'hello' } })
    expect(next?.unreadCount).toBe(1)
    expect(next && applyToList(next, wrote('b', 1, 'mem_b'))).toBe(next)
  })

  test('of one’s own is not unread', () => {
    expect(applyToList(list, wrote('b', 1, 'mem_me'))?.unreadCount).toBe(0)
  })

  test('after a gap, or in a conversation that is not listed, asks for the list anew', () => {
    expect(applyToList(list, wrote('b', 2, 'mem_b'))).toBeNull()
    expect(applyToList(list, wrote('new', 1, 'mem_new'))).toBeNull()
  })

  test('that is long is cut between characters', () => {
    const preview = applyToList(list, wrote('b', 1, 'mem_b', '😀'.repeat(100)))?.data[0]?.lastMessage?.preview
    expect(preview?.isWellFormed()).toBe(true)
    expect(preview?.endsWith('…')).toBe(true)
  })
})

describe('what was unread', () => {
  const unread = conversation('a', {
    lastSeq: 2,
    unreadCount: 2,
    lastMessage: { id: 'msg_2', seq: 2, senderId: 'mem_a', preview: 'x', createdAt: '' },
  })

  test('is none when all of it was read elsewhere', () => {
    const next = applyToList(listOf(unread), read('a', 3, 'mem_me', 2))
    expect(next).toMatchObject({ unreadCount: 0, data: [{ unreadCount: 0, readUpToSeq: 2 }] })
  })

  test('is asked for when only a part of it was read', () => {
    expect(applyToList(listOf(unread), read('a', 3, 'mem_me', 1))).toBeNull()
  })

  test('stays when the other member reads', () => {
    const next = applyToList(listOf(unread), read('a', 3, 'mem_a', 1))
    expect(next).toMatchObject({ unreadCount: 2, data: [{ peerReadUpToSeq: 1 }] })
  })

  test('becomes less when the other member takes a message back', () => {
    const deleted = wrote('a', 2, 'mem_a', null)
    const change = { ...deleted, type: 'message.changed', seq: 3 } as Change
    expect(applyToList(listOf(unread), change)).toMatchObject({
      unreadCount: 1,
      data: [{ lastMessage: { preview: null } }],
    })
  })

  test('goes with its conversation', () => {
    expect(withoutItem(listOf(unread, conversation('b')), 'con_a')).toMatchObject({
      unreadCount: 0,
      data: [{ id: 'con_b' }],
    })
  })
})

describe('a list that was fetched', () => {
  test('does not undo what was pushed while it was on its way', () => {
    const fetched = listOf(conversation('a', { lastSeq: 1 }))
    const pushed = withItem(fetched, conversation('a', { lastSeq: 2, unreadCount: 1 }))
    expect(laterList(pushed, fetched)).toMatchObject({ unreadCount: 1, data: [{ lastSeq: 2 }] })
    expect(laterList(fetched, pushed)).toEqual(pushed)
  })

  test('holds a conversation once, though it moved between two pages', () => {
    const next = withPage(
      listOf(conversation('a'), conversation('b')),
      listOf(conversation('b'), conversation('c')),
    )
    expect(next.data.map(({ id }) => id)).toEqual(['con_a', 'con_b', 'con_c'])
  })
})
