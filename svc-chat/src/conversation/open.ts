import { matchOf } from '@accord/contracts/call/match'
import { type ConversationId, type MatchId, type MemberId, toUuid, withPrefix } from '@accord/contracts/id'
import { tellLive } from '@accord/kit/tell-live'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { ClosedBecause, Database } from '../db.ts'
import type { ChatDeps } from '../deps.ts'
import { type Conversation, inOrder } from './rules.ts'
import { insertConversation } from './store.ts'

export interface Opening {
  matchId: MatchId
  memberIds: readonly [MemberId, MemberId]
  matchedAt: Date
  /** Set where the match is over already: its end overtook its beginning. */
  ended?: { at: Date; because: ClosedBecause }
}

/**
 * Opens the conversation of a match, unless it is there. It opens closed when the match has ended, when one
 * of the two blocked the other after they matched, or when one of them left: each may arrive first.
 * Gives it back when it is open from now on.
 */
export async function openConversation(
  trx: Transaction<Database>,
  opening: Opening,
): Promise<Conversation | null> {
  const memberIds = inOrder(...opening.memberIds)
  await lockMembers(trx, memberIds, 'shared')
  const id = withPrefix('con', opening.matchId)
  const closed = opening.ended ?? (await endedBefore(trx, memberIds, opening.matchedAt))
  const isNew = await insertConversation(trx, { id, memberIds, openedAt: opening.matchedAt, closed })
  return isNew && !closed ? { id, memberIds, lastSeq: 0, closed: false } : null
}

/**
 * Tells the open apps of both members that a conversation is there to be read. After the commit, best effort.
 * Whoever hears of it and asks finds it.
 */
export async function pushOpened(
  deps: Pick<ChatDeps, 'db' | 'redis' | 'publishLive'>,
  { id: conversationId, memberIds: [a, b] }: Conversation,
): Promise<void> {
  await tellLive(deps, [
    [a, { type: 'conversation.opened', conversationId, memberId: b }],
    [b, { type: 'conversation.opened', conversationId, memberId: a }],
  ])
}

/**
 * Asks match about a conversation that is not known here, since its event may still be on its way, and
 * opens it. Only for the two who matched: to others it stays unknown, and nothing is written.
 */
export async function openFromMatch(
  deps: Pick<ChatDeps, 'db' | 'redis' | 'call' | 'publishLive'>,
  memberId: MemberId,
  conversationId: ConversationId,
): Promise<boolean> {
  const matchId = withPrefix('mat', conversationId)
  const { match } = await deps.call(matchOf, { matchId })
  if (!match?.active || !match.memberIds.includes(memberId)) return false
  const opening = { matchId, memberIds: match.memberIds, matchedAt: new Date(match.createdAt) }
  const opened = await deps.db.primary.transaction().execute((trx) => openConversation(trx, opening))
  if (opened) await pushOpened(deps, opened)
  return true
}

/**
 * Opening holds this lock shared, a block or departure of the same member holds it alone: each sees what
 * the other has committed, so no conversation opens beside the block that should have closed it.
 */
export async function lockMembers(
  trx: Transaction<Database>,
  memberIds: readonly MemberId[],
  mode: 'shared' | 'alone',
): Promise<void> {
  // In one order everywhere, or two of these could wait for each other.
  for (const memberId of [...memberIds].sort()) {
    const key = sql`hashtextextended(${`member:${memberId}`}, 0)`
    if (mode === 'shared') await sql`select pg_advisory_xact_lock_shared(${key})`.execute(trx)
    else await sql`select pg_advisory_xact_lock(${key})`.execute(trx)
  }
}

async function endedBefore(
  db: Kysely<Database>,
  [one, other]: readonly [MemberId, MemberId],
  matchedAt: Date,
): Promise<{ at: Date; because: ClosedBecause } | null> {
  const departed = await db
    .selectFrom('departed_members')
    .select('departed_at')
    .where('member_id', 'in', [toUuid(one), toUuid(other)])
    .executeTakeFirst()
  if (departed) return { at: departed.departed_at, because: 'deleted' }
  const block = await db
    .selectFrom('pair_blocks')
    .select('blocked_at')
    .where('member_id', '=', toUuid(one))
    .where('peer_id', '=', toUuid(other))
    // A match younger than the block means that the block was taken back.
    .where('blocked_at', '>=', matchedAt)
    .executeTakeFirst()
  return block ? { at: block.blocked_at, because: 'blocked' } : null
}
