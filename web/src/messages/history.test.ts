import { describe, expect, test } from 'bun:test'
import {
  applyChange,
  applyChanges,
  type Change,
  type History,
  historyOf,
  lastFromPeer,
  later,
  type Message,
  withOlder,
  withSent,
} from './history.ts'

const conversationId = 'con_a'
const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `msg_${seq}`,
  conversationId,
  senderId: 'mem_peer',
  clientMessageId: null,
  seq,
  text: `words ${seq}`,
  createdAt: '2026-03-01T12:00:00.000Z',
  editedAt: null,
  deletedAt: null,
  ...more,
})
const page = (seqs: readonly number[], nextCursor: string | null, lastSeq: number) => ({
  data: seqs.map((seq) => message(seq)),
  pagination: { nextCursor },
  lastSeq,
  readUpToSeq: 0,
  peerReadUpToSeq: 0,
})
const created = (seq: number): Change => ({
  type: 'message.created',
  conversationId,
  seq,
  message: message(seq),
})
const seqs = (history: History | null) => history?.messages.map(({ seq }) => seq)

describe('a page', () => {
  test('newest first becomes a history with the oldest first', () => {
    const history = historyOf(page([5, 4, 2], 'before-2', 6))
    expect(seqs(history)).toEqual([2, 4, 5])
    expect(history).toMatchObject({ olderCursor: 'before-2', lastSeq: 6 })
  })

  test('of older messages goes before what is there, each message once, and changes nothing that is there', () => {
    const loaded = applyChange(
      historyOf(page([5, 4], 'before-4', 5)),
      { type: 'message.changed', conversationId, seq: 6, message: message(4, { text: null }) },
      'mem_me',
    )
    const whole = loaded && withOlder(loaded, page([4, 2, 1], null, 9))
    expect(seqs(whole)).toEqual([1, 2, 4, 5])
    expect(whole?.messages[2]?.text).toBeNull()
    expect(whole).toMatchObject({ olderCursor: null, lastSeq: 6 })
  })

  test('that was overtaken by what was pushed does not undo it', () => {
    const before = historyOf(page([2, 1], null, 2))
    const known = applyChange(before, created(3), 'mem_me') ?? before
    expect(later(known, before)).toBe(known)
    expect(later(before, known)).toBe(known)
  })
})

describe('a change', () => {
  const history = historyOf(page([3, 1], null, 3))

  test('that was applied before changes nothing', () => {
    expect(applyChange(history, created(3), 'mem_me')).toBe(history)
  })

  test('after a gap is not applied: what is between is asked for', () => {
    expect(applyChange(history, created(5), 'mem_me')).toBeNull()
    expect(applyChanges(history, [created(4), created(6)], 'mem_me')).toBeNull()
  })

  test('of a message that was not loaded still counts as seen', () => {
    const change: Change = { type: 'message.changed', conversationId, seq: 4, message: message(2) }
    const next = applyChange(history, change, 'mem_me')
    expect(seqs(next)).toEqual([1, 3])
    expect(next?.lastSeq).toBe(4)
  })

  test('of reading moves the reader alone, and only forward', () => {
    const read = (seq: number, readerId: string, upToSeq: number): Change => ({
      type: 'read',
      conversationId,
      seq,
      readerId,
      upToSeq,
    })
    const next = applyChanges(
      history,
      [read(4, 'mem_peer', 3), read(5, 'mem_me', 1), read(6, 'mem_peer', 2)],
      'mem_me',
    )
    expect(next).toMatchObject({ readUpToSeq: 1, peerReadUpToSeq: 3, lastSeq: 6 })
  })
})

describe('an own message', () => {
  const own = message(4, { clientMessageId: 'key-0001', senderId: 'mem_me' })
  const history = historyOf(page([3, 1], null, 3))

  test('is there once, whether its answer or its event comes first', () => {
    const event: Change = { type: 'message.created', conversationId, seq: 4, message: own }
    const answered = withSent(history, own)
    expect(applyChange(answered, event, 'mem_me')).toEqual(answered)
    const pushed = applyChange(history, event, 'mem_me') ?? history
    expect(withSent(pushed, own)).toBe(pushed)
    expect(seqs(answered)).toEqual([1, 3, 4])
  })

  test('answered ahead of others stands in its place and hides no gap', () => {
    const ahead = withSent(history, message(6, { clientMessageId: 'key-0002' }))
    expect(ahead.lastSeq).toBe(3)
    expect(seqs(applyChanges(ahead, [created(4), created(5), created(6)], 'mem_me'))).toEqual([1, 3, 4, 5, 6])
  })

  test('is never what is to be read', () => {
    expect(lastFromPeer(withSent(history, own))).toBe(3)
    expect(lastFromPeer({ ...history, messages: [own] })).toBe(0)
  })
})
