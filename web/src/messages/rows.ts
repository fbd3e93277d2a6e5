import { type History, isOwn, type Message } from './history.ts'
import type { OutboxEntry } from './outbox-rules.ts'

/** How far an own message has come. */
export type Progress = 'waiting' | 'sending' | 'failed' | 'sent' | 'read'

/** One line of the conversation as it is shown. */
export type Row =
  | { kind: 'day'; key: string; at: string }
  | {
      kind: 'message'
      key: string
      message: Message
      own: boolean
      /** First and last of those that one person wrote in one go. */
      first: boolean
      last: boolean
      progress: Progress | null
    }
  | { kind: 'unsent'; key: string; entry: OutboxEntry; first: boolean; last: boolean; progress: Progress }

/** Written within this of each other, messages of one person stand together. */
const oneGoMs = 5 * 60_000

/**
 * What is shown of a conversation, the oldest first: days in between, messages that belong together, and at
 * the end what was not sent yet, each once although its event may come before its answer.
 */
export function rowsOf(history: History, outbox: readonly OutboxEntry[], canSend: boolean): Row[] {
  const { messages, peerReadUpToSeq } = history
  const stored = new Set(messages.map((message) => message.clientMessageId))
  const unsent = outbox.filter((entry) => !stored.has(entry.clientMessageId))
  const rows: Row[] = []
  let before: Piece | null = null
  const pieces: Piece[] = [...messages.map(pieceOf), ...unsent.map(pieceOfUnsent)]
  pieces.forEach((piece, at) => {
    const day = dayOf(piece.at)
    const newDay = !before || dayOf(before.at) !== day
    if (newDay) rows.push({ kind: 'day', key: day, at: piece.at })
    const next = pieces[at + 1]
    const first = newDay || !before || !together(before, piece)
    const last = !next || dayOf(next.at) !== day || !together(piece, next)
    rows.push(rowOf(piece, { first, last, peerReadUpToSeq, canSend }))
    before = piece
  })
  return rows
}

interface Piece {
  own: boolean
  at: string
  message?: Message
  entry?: OutboxEntry
}

const pieceOf = (message: Message): Piece => ({ own: isOwn(message), at: message.createdAt, message })
const pieceOfUnsent = (entry: OutboxEntry): Piece => ({ own: true, at: entry.writtenAt, entry })

function rowOf(
  { message, entry, own }: Piece,
  {
    first,
    last,
    peerReadUpToSeq,
    canSend,
  }: { first: boolean; last: boolean; peerReadUpToSeq: number; canSend: boolean },
): Row {
  if (message) {
    // The key stays when a message is sent, so that what is on the screen stays, too.
    const key = message.clientMessageId ?? message.id
    const progress = own ? (message.seq <= peerReadUpToSeq ? 'read' : 'sent') : null
    return { kind: 'message', key, message, own, first, last, progress }
  }
  const unsent = entry as OutboxEntry
  const waiting = !canSend || unsent.tries > 0
  const progress = unsent.refusal !== null ? 'failed' : waiting ? 'waiting' : 'sending'
  return { kind: 'unsent', key: unsent.clientMessageId, entry: unsent, first, last, progress }
}

function together(one: Piece, other: Piece): boolean {
  return one.own === other.own && Math.abs(Date.parse(other.at) - Date.parse(one.at)) < oneGoMs
}

/** The day by the reader's own clock. */
export function dayOf(at: string): string {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** How many days ago something was by the reader's own clock; 0 is today. */
export function daysAgo(at: string, now: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return Math.round((midnight(now) - midnight(new Date(at))) / 86_400_000)
}
