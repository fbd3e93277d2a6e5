import { type Card, card } from '@accord/contracts/call/identity'
import { isId, type MemberId, withPrefix } from '@accord/contracts/id'
import { replicaFor } from '@accord/kit/db/read-your-writes'
import { decodeTimeCursor, pageOf } from '@accord/kit/http/cursor'
import type { Static } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { openTexts } from '../message/body.ts'
import { messagesAt } from '../message/store.ts'
import type { ConversationItem, ConversationList, LastMessage } from './schema.ts'
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
  const [cards, lastMessages, unreadCount] = await Promise.all([
    cardsOf(deps, memberId, open),
    lastMessagesOf(deps, db, open),
    totalUnread(db, memberId),
  ])
  const data = open.map((side) =>
    toItem(side, cards.get(side.peerId) ?? null, lastMessages.get(side.conversationId) ?? null),
  )
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

/** A list without portraits is better than none: identity being away costs the cards only. */
async function cardsOf(deps: ChatDeps, viewerId: MemberId, sides: Side[]): Promise<Map<MemberId, Card>> {
  if (sides.length === 0) return new Map()
  try {
    const memberIds = sides.map((side) => side.peerId)
    const { cards } = await deps.call(card, { viewerId, memberIds })
    return new Map(cards.map((each) => [each.id, each]))
  } catch (error) {
    deps.log.warn('cards are not to be had', { error })
    return new Map()
  }
}

const previewLength = 140

async function lastMessagesOf(deps: ChatDeps, db: Kysely<Database>, sides: Side[]) {
  const places = sides.flatMap(({ conversationId, lastMessageSeq }) =>
    lastMessageSeq === null ? [] : [{ conversationId, seq: lastMessageSeq }],
  )
  const messages = await messagesAt(db, places)
  const texts = await openTexts(deps.envelope, db, messages)
  return new Map(
    messages.map((message, at): [string, Static<typeof LastMessage>] => [
      message.conversationId,
      {
        id: message.id,
        seq: message.seq,
        senderId: message.senderId,
        preview: beginningOf(texts[at] ?? null),
        createdAt: message.createdAt.toISOString(),
      },
    ]),
  )
}

/** Cut between characters, not inside one. */
function beginningOf(text: string | null): string | null {
  if (text === null || text.length <= previewLength) return text
  return `${[...text.slice(0, previewLength)].slice(0, -1).join('')}…`
}

function toItem(
  side: Side,
  peer: Card | null,
  lastMessage: Static<typeof LastMessage> | null,
): Static<typeof ConversationItem> {
  return {
    id: side.conversationId,
    matchId: withPrefix('mat', side.conversationId),
    peerId: side.peerId,
    peer,
    lastMessage,
    lastActivityAt: side.lastActivityAt.toISOString(),
    lastSeq: side.lastSeq,
    unreadCount: side.unread,
    readUpToSeq: side.readUpToSeq,
    peerReadUpToSeq: side.peerReadUpToSeq,
  }
}

function placeOf(cursor: string) {
  const { time, id } = decodeTimeCursor(cursor, (text) => isId('con', text))
  return { lastActivityAt: time, conversationId: id }
}
