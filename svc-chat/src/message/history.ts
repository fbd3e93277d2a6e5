import type { ConversationId, MemberId } from '@accord/contracts/id'
import { replicaFor } from '@accord/kit/db/read-your-writes'
import { AppError, isRefused, type Refused, refused } from '@accord/kit/error'
import { decodeCursor, encodeCursor } from '@accord/kit/http/cursor'
import type { Static } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import { enterConversation } from '../conversation/enter.ts'
import { maxSeq, type NoPart } from '../conversation/rules.ts'
import { openSides, type Side } from '../conversation/store.ts'
import type { Database } from '../db.ts'
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
  const nearest = await replicaFor(deps.db, deps.redis, memberId)
  const conversation = await enterConversation(deps, nearest, memberId, request.conversationId)
  if (isRefused(conversation)) return conversation
  const read = await placeToRead(deps, nearest, memberId, conversation.id)
  if (!read) return refused('conversation_closed')
  const { db, side } = read
  const rows = await historyOf(db, conversation.id, {
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

/**
 * Where to read, and the member's side as it stands there: read before the messages, so that what is added in between
 * is seen twice and never missed. Null once it is closed, which the primary says: a block counts at once.
 */
async function placeToRead(
  deps: ChatDeps,
  nearest: Kysely<Database>,
  memberId: MemberId,
  id: ConversationId,
): Promise<{ db: Kysely<Database>; side: Side } | null> {
  const { primary } = deps.db
  const [current] = await openSides(primary, memberId, [id])
  if (!current) return null
  // A replica that has not heard of it has none of its messages either.
  const [side] = nearest === primary ? [] : await openSides(nearest, memberId, [id])
  return side ? { db: nearest, side } : { db: primary, side: current }
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
