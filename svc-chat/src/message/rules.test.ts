import { describe, expect, test } from 'bun:test'
import { newId } from '@accord/contracts/id'
import { editableForMinutes, mayDelete, mayEdit, normaliseText } from './rules.ts'
import type { StoredMessage } from './store.ts'

describe('a text', () => {
  test('loses the space around it and keeps its lines', () => {
    expect(normaliseText('  Dinner on Friday?\r\nOr Saturday.\n ')).toBe('Dinner on Friday?\nOr Saturday.')
  })
  test('of any script and of emoji alone is accepted', () => {
    for (const text of ['你好', 'مرحبا', '👩🏽‍🚀', '?', 'e\u0301'] as const)
      expect(normaliseText(text)).toBe(text)
  })
  test('with nothing visible is refused', () => {
    for (const text of ['', '   ', '\n\t', '\u200b', '\u2060\u00a0', '\u200d']) {
      expect(normaliseText(text), JSON.stringify(text)).toBeNull()
    }
  })
  test('with control characters is refused', () => {
    for (const text of ['a\u0000b', 'a\u001b[31mred', 'a\u0007', 'a\u0085b', 'a\rb']) {
      expect(normaliseText(text), JSON.stringify(text)).toBeNull()
    }
  })
  test('with half of a character is refused', () => {
    expect(normaliseText('a\ud83d')).toBeNull()
  })
})

describe('a message', () => {
  const author = newId('mem')
  const sentAt = new Date('2026-03-01T12:00:00Z')
  const later = (minutes: number) => new Date(sentAt.getTime() + minutes * 60_000)
  const message: StoredMessage = {
    id: newId('msg'),
    conversationId: newId('con'),
    seq: 1,
    senderId: author,
    clientMessageId: 'client-1',
    body: Buffer.alloc(1),
    createdAt: sentAt,
    editedAt: null,
    deletedAt: null,
  }

  test('can be edited by its author until the time is over', () => {
    expect(mayEdit(message, author, later(editableForMinutes))).toBeNull()
    expect(mayEdit(message, author, later(editableForMinutes + 1))?.refused).toBe('message_not_editable')
  })
  test('cannot be edited once deleted', () => {
    const deleted = { ...message, body: null, deletedAt: sentAt }
    expect(mayEdit(deleted, author, sentAt)?.refused).toBe('message_not_editable')
  })
  test('can be deleted by its author at any time', () => {
    expect(mayDelete(message, author)).toBeNull()
  })
  test('of the other member can be neither edited nor deleted', () => {
    const peer = newId('mem')
    expect(mayEdit(message, peer, sentAt)?.refused).toBe('forbidden')
    expect(mayDelete(message, peer)?.refused).toBe('forbidden')
  })
})
