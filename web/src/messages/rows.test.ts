import { describe, expect, test } from 'bun:test'
import type { History, Message } from './history.ts'
import type { OutboxEntry } from './outbox-rules.ts'
import { dayOf, daysAgo, type Row, rowsOf } from './rows.ts'

/** By the clock of whoever runs this. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).toISOString()
const message = (seq: number, createdAt: string, own = false): Message => ({
  id: `msg_${seq}`,
  conversationId: 'con_a',
  senderId: own ? 'mem_me' : 'mem_peer',
  clientMessageId: own ? `key-${seq}` : null,
  seq,
  text: 'words',
  createdAt,
  editedAt: null,
  deletedAt: null,
})
const history = (messages: Message[], peerReadUpToSeq = 0): History => ({
  messages,
  olderCursor: null,
  lastSeq: messages.at(-1)?.seq ?? 0,
  readUpToSeq: 0,
  peerReadUpToSeq,
})
const unsent = (clientMessageId: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  clientMessageId,
  conversationId: 'con_a',
  memberId: 'mem_me',
  text: 'words',
  writtenAt: at(2, 12),
  tries: 0,
  refusal: null,
  ...more,
})
const shape = (rows: Row[]) =>
  rows.map((row) =>
    row.kind === 'day' ? row.key : `${row.first ? '[' : ''}${row.key}${row.last ? ']' : ''}`,
  )
const progress = (rows: Row[]) => rows.flatMap((row) => (row.kind === 'day' ? [] : [row.progress]))

describe('days', () => {
  test('stand before the first message of each, by the reader’s own clock, also over midnight', () => {
    const rows = rowsOf(
      history([message(1, at(1, 23, 59)), message(2, at(2, 0, 1)), message(3, at(2, 9))]),
      [],
      true,
    )
    expect(shape(rows)).toEqual(['2026-03-01', '[msg_1]', '2026-03-02', '[msg_2]', '[msg_3]'])
  })

  test('are counted from midnight, not from hours', () => {
    const now = new Date(2026, 2, 2, 0, 10)
    expect([at(2, 0, 5), at(1, 23, 55), at(1, 0, 0)].map((each) => daysAgo(each, now))).toEqual([0, 1, 1])
    expect(dayOf(at(2, 0, 0))).toBe('2026-03-02')
  })
})

test('messages of one person within five minutes stand together', () => {
  const rows = rowsOf(
    history([
      message(1, at(2, 9, 0)),
      message(2, at(2, 9, 4)),
      message(3, at(2, 9, 5), true),
      message(4, at(2, 9, 6), true),
      message(5, at(2, 9, 12), true),
    ]),
    [],
    true,
  )
  expect(shape(rows).slice(1)).toEqual(['[msg_1', 'msg_2]', '[key-3', 'key-4]', '[key-5]'])
})

describe('an own message', () => {
  test('is read up to where the other member has read', () => {
    const messages = [message(1, at(2, 9), true), message(3, at(2, 10), true), message(4, at(2, 11))]
    expect(progress(rowsOf(history(messages, 1), [], true))).toEqual(['read', 'sent', null])
  })

  test('that was stored and is still in the outbox is shown once, under the same key', () => {
    const rows = rowsOf(history([message(1, at(2, 12), true)]), [unsent('key-1'), unsent('key-2')], true)
    expect(shape(rows).slice(1)).toEqual(['[key-1', 'key-2]'])
    expect(progress(rows)).toEqual(['sent', 'sending'])
  })

  test('says honestly how far it has come', () => {
    const outbox = [unsent('a'), unsent('b', { tries: 1 }), unsent('c', { refusal: 'conversation_closed' })]
    expect(progress(rowsOf(history([]), outbox, true))).toEqual(['sending', 'waiting', 'failed'])
    expect(progress(rowsOf(history([]), outbox, false))).toEqual(['waiting', 'waiting', 'failed'])
  })
})
