import { describe, expect, test } from 'bun:test'
import {
  nextToSend,
  type OutboxEntry,
  pauseMs,
  setbackOf,
  setbackOfReply,
  withEntry,
  withoutEntry,
} from './outbox-rules.ts'

const entry = (name: string, conversationId: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  clientMessageId: name,
  conversationId,
  memberId: 'mem_me',
  text: name,
  writtenAt: '2026-03-01T12:00:00.000Z',
  tries: 0,
  refusal: null,
  ...more,
})
const none: ReadonlySet<string> = new Set()

/** The order in which everything leaves when each attempt succeeds. */
function drained(entries: readonly OutboxEntry[], held = none): string[] {
  const next = nextToSend(entries, 'mem_me', held)
  return next ? [next.clientMessageId, ...drained(withoutEntry(entries, next.clientMessageId), held)] : []
}

describe('messages leave', () => {
  const entries = [entry('a1', 'con_a'), entry('b1', 'con_b'), entry('a2', 'con_a'), entry('b2', 'con_b')]

  test('in the order in which they were written', () => {
    expect(drained(entries)).toEqual(['a1', 'b1', 'a2', 'b2'])
  })

  test('never before an older one of their conversation that did not get through; other conversations go on', () => {
    expect(drained(entries, new Set(['con_a']))).toEqual(['b1', 'b2'])
  })

  test('past one that was refused for good', () => {
    expect(drained([entry('a1', 'con_a', { refusal: 'validation_failed' }), entry('a2', 'con_a')])).toEqual([
      'a2',
    ])
  })

  test('under their author’s session only', () => {
    expect(nextToSend([entry('a1', 'con_a', { memberId: 'mem_other' })], 'mem_me', none)).toBeUndefined()
  })
})

test('the same message is in the outbox once, and keeps its place when it changes', () => {
  const once = withEntry([entry('a1', 'con_a'), entry('a2', 'con_a')], entry('a1', 'con_a', { tries: 1 }))
  expect(once.map(({ clientMessageId, tries }) => [clientMessageId, tries])).toEqual([
    ['a1', 1],
    ['a2', 0],
  ])
})

describe('a setback', () => {
  const problem = (status: number, code: string, retryAfterSeconds: number | null = null) =>
    setbackOf({ status, code, retryAfterSeconds })

  test('of closed, unknown or unusable is final', () => {
    expect(problem(403, 'conversation_closed')).toEqual({ kind: 'refused', code: 'conversation_closed' })
    expect(problem(404, 'not_found')).toEqual({ kind: 'refused', code: 'not_found' })
    expect(problem(422, 'validation_failed')).toEqual({ kind: 'refused', code: 'validation_failed' })
    expect(setbackOfReply({ code: 'conversation_closed' })).toEqual({
      kind: 'refused',
      code: 'conversation_closed',
    })
  })

  test('of too many waits as long as it was told to', () => {
    expect(problem(429, 'too_many_requests', 7)).toEqual({ kind: 'pause', ms: 7000 })
    expect(setbackOfReply({ code: 'too_many_requests', retryAfterSeconds: 7 })).toEqual({
      kind: 'pause',
      ms: 7000,
    })
  })

  test('of the network or the session loses nothing', () => {
    for (const [status, code] of [
      [0, 'offline'],
      [401, 'unauthenticated'],
    ] as const) {
      expect(problem(status, code).kind).toBe('pause')
    }
    for (const status of [409, 500, 503, 504]) expect(problem(status, 'any').kind).toBe('later')
  })

  test('over the socket that is not known to be final is tried over HTTP', () => {
    for (const code of ['offline', 'unavailable', 'token_expired', 'timed_out'])
      expect(setbackOfReply({ code })).toBeNull()
  })
})

test('pauses grow and never pass half a minute', () => {
  expect([1, 2, 3, 20].map(pauseMs)).toEqual([1000, 2000, 4000, 30_000])
})
