import type { ConversationId, MemberId } from '@accord/contracts/id'
import { replicaFor } from '@accord/kit/db/read-your-writes'
import { isRefused, type Refused, refused } from '@accord/kit/error'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { openFromMatch } from './open.ts'
import { type Conversation, type NoPart, refusalFor } from './rules.ts'
import { findConversation, lockConversation, openSides, type Side } from './store.ts'

/**
 * Runs a change of a conversation in a transaction, under its lock, if the member takes part in it. One that
 * is not known yet is opened first, so that two who just matched need not wait for the event.
 */
export async function changeConversation<T>(
  deps: ChatDeps,
  memberId: MemberId,
  conversationId: ConversationId,
  change: (trx: Transaction<Database>, conversation: Conversation) => Promise<T>,
): Promise<T | Refused<NoPart>> {
  const attempt = () =>
    deps.db.primary.transaction().execute(async (trx) => {
      const conversation = await lockConversation(trx, conversationId)
      if (!conversation) return unknown
      return refusalFor(conversation, memberId) ?? (await change(trx, conversation))
    })
  const first = await attempt()
  if (first !== unknown) return first
  if (!(await openFromMatch(deps, memberId, conversationId))) return refused('not_found')
  const second = await attempt()
  return second === unknown ? refused('not_found') : second
}

/** Where to read a conversation, and the member's side of it as it stands there. */
export interface Reading {
  db: Kysely<Database>
  side: Side
}

/**
 * Lets a member who takes part in a conversation read it; opens it as {@link changeConversation} does. The side is
 * read before anything else of it, so that what is added in between is seen twice and never missed. Whether it is
 * open still is asked of the primary: a block counts at once.
 */
export async function enterToRead(
  deps: ChatDeps,
  memberId: MemberId,
  conversationId: ConversationId,
): Promise<Reading | Refused<NoPart>> {
  const { primary } = deps.db
  const nearest = await replicaFor(deps.db, deps.redis, memberId)
  const conversation = await enterConversation(deps, nearest, memberId, conversationId)
  if (isRefused(conversation)) return conversation
  const [current] = await openSides(primary, memberId, [conversation.id])
  if (!current) return refused('conversation_closed')
  // A replica that has not heard of it has none of its messages either.
  const [side] = nearest === primary ? [] : await openSides(nearest, memberId, [conversation.id])
  return side ? { db: nearest, side } : { db: primary, side: current }
}

async function enterConversation(
  deps: ChatDeps,
  db: Kysely<Database>,
  memberId: MemberId,
  conversationId: ConversationId,
): Promise<Conversation | Refused<NoPart>> {
  const known =
    (await findConversation(db, conversationId)) ??
    // A replica may lag behind what the primary has.
    (await findConversation(deps.db.primary, conversationId))
  if (known) return refusalFor(known, memberId) ?? known
  if (!(await openFromMatch(deps, memberId, conversationId))) return refused('not_found')
  const opened = await findConversation(deps.db.primary, conversationId)
  return opened ? (refusalFor(opened, memberId) ?? opened) : refused('not_found')
}

const unknown = Symbol('unknown conversation')
