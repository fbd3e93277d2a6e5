import type { ConversationId, MemberId } from '@accord/contracts/id'
import { AppError, isRefused, type Refused } from '@accord/kit/error'
import { decodeCursor, encodeCursor } from '@accord/kit/http/cursor'
import type { Static } from '@sinclair/typebox'
import { enterToRead } from '../conversation/enter.ts'
import { maxSeq, type NoPart } from '../conversation/rules.ts'
import type { ChatDeps } from '../deps.ts'
import { readMessages } from './body.ts'
import type { History } from './schema.ts'
import { historyOf, type StoredMessage } from './store.ts'

export interface HistoryRequest {
  conversationId: ConversationId
  limit: number
  cursor: string | null
  afterSeq: number | null
}

/** A page of a conversation, newest first, with where both members stand. */
export async function listMessages(
  deps: ChatDeps,
  memberId: MemberId,
  request: HistoryRequest,
): Promise<Static<typeof History> | Refused<NoPart>> {
  const reading = await enterToRead(deps, memberId, request.conversationId)
  if (isRefused(reading)) return reading
  const { db, side } = reading
  const rows = await historyOf(db, side.conversationId, {
    before: request.cursor === null ? null : seqOf(request.cursor),
    after: request.afterSeq,
    limit: request.limit + 1,
  })
  const fitting = takeWhatFits(rows.slice(0, request.limit))
  const last = fitting.at(-1)
  const hasNextPage = last !== undefined && rows.length > fitting.length
  return {
    data: await readMessages(deps.envelope, db, fitting, memberId),
    pagination: {
      hasNextPage,
      nextCursor: hasNextPage ? encodeCursor([last.seq]) : null,
      limit: request.limit,
    },
    lastSeq: side.lastSeq,
    readUpToSeq: side.readUpToSeq,
    peerReadUpToSeq: side.peerReadUpToSeq,
  }
}

/** Bytes of sealed text in one page; escaped as JSON it stays well below the 1 MB that NATS carries. */
const pageBytes = 400_000

/** A page of very long messages ends early rather than not arriving; it always holds at least one. */
function takeWhatFits(rows: StoredMessage[]): StoredMessage[] {
  let bytes = 0
  const end = rows.findIndex((row, at) => {
    bytes += row.body?.length ?? 0
    return at > 0 && bytes > pageBytes
  })
  return end === -1 ? rows : rows.slice(0, end)
}

function seqOf(cursor: string): number {
  const [seq] = decodeCursor(cursor)
  if (typeof seq === 'number' && Number.isInteger(seq) && seq >= 0 && seq <= maxSeq) return seq
  throw new AppError('validation_failed', {
    fields: [{ path: '/cursor', in: 'query', expected: 'nextCursor of the page before' }],
  })
}
