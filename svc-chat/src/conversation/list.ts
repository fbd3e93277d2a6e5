import { isId, type MemberId } from '@accord/contracts/id'
import { replicaFor } from '@accord/kit/db/read-your-writes'
import { decodeTimeCursor, pageOf } from '@accord/kit/http/cursor'
import type { Static } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { itemsOf } from './item.ts'
import type { ConversationList } from './schema.ts'
import { openSides, pageOfSides, type Side, totalUnread } from './store.ts'

/** A page of the member's open conversations, the last active first, and how much is unread in all of them. */
export async function listConversations(
  deps: ChatDeps,
  memberId: MemberId,
  request: { limit: number; cursor: string | null },
): Promise<Static<typeof ConversationList>> {
  const db = await replicaFor(deps.db, deps.redis, memberId)
  const after = request.cursor === null ? null : placeOf(request.cursor)
  const sides = await pageOfSides(db, memberId, { limit: request.limit + 1, after })
  const page = pageOf(sides, request.limit, (side) => [
    side.lastActivityAt.toISOString(),
    side.conversationId,
  ])
  const open = await stillOpen(deps.db, db, memberId, page.data)
  const [data, unreadCount] = await Promise.all([
    itemsOf(deps, db, memberId, open),
    totalUnread(db, memberId),
  ])
  return { data, pagination: page.pagination, unreadCount }
}

/** A block counts at once, also where a replica has not heard of it: those that the primary has open. */
async function stillOpen(
  { primary }: ChatDeps['db'],
  db: Kysely<Database>,
  memberId: MemberId,
  sides: Side[],
): Promise<Side[]> {
  if (db === primary) return sides
  const ids = sides.map((side) => side.conversationId)
  const open = new Set((await openSides(primary, memberId, ids)).map((side) => side.conversationId))
  return sides.filter((side) => open.has(side.conversationId))
}

function placeOf(cursor: string) {
  const { time, id } = decodeTimeCursor(cursor, (text) => isId('con', text))
  return { lastActivityAt: time, conversationId: id }
}
