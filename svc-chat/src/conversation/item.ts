import { type Card, card } from '@accord/contracts/call/identity'
import { type MemberId, withPrefix } from '@accord/contracts/id'
import type { Static } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { openTexts } from '../message/body.ts'
import { messagesAt } from '../message/store.ts'
import type { ConversationItem, LastMessage } from './schema.ts'
import type { Side } from './store.ts'

/** A member's conversations as they are shown: with the other's card and the beginning of the last message. */
export async function itemsOf(
  deps: ChatDeps,
  db: Kysely<Database>,
  memberId: MemberId,
  sides: Side[],
): Promise<Static<typeof ConversationItem>[]> {
  const [cards, lastMessages] = await Promise.all([
    cardsOf(deps, memberId, sides),
    lastMessagesOf(deps, db, sides),
  ])
  return sides.map((side) =>
    toItem(side, cards.get(side.peerId) ?? null, lastMessages.get(side.conversationId) ?? null),
  )
}

/** Conversations without portraits are better than none: identity being away costs the cards only. */
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
