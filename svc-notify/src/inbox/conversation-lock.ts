import { type ConversationId, toUuid } from '@accord/contracts/id'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db.ts'

/**
 * Telling of a match or its conversation holds this lock shared, its end and its reading hold it alone: each sees
 * what the other has committed. Taken after the locks of members.
 */
export async function lockConversation(
  trx: Transaction<Database>,
  conversationId: ConversationId,
  mode: 'shared' | 'alone',
): Promise<void> {
  const key = sql`hashtextextended(${`conversation:${toUuid(conversationId)}`}, 0)`
  if (mode === 'shared') await sql`select pg_advisory_xact_lock_shared(${key})`.execute(trx)
  else await sql`select pg_advisory_xact_lock(${key})`.execute(trx)
}

/** Whether the match that this conversation belongs to has ended. Only under {@link lockConversation}. */
export async function hasEnded(trx: Transaction<Database>, conversationId: ConversationId): Promise<boolean> {
  const row = await trx
    .selectFrom('ended_matches')
    .select('match_id')
    // A conversation carries its match's id.
    .where('match_id', '=', toUuid(conversationId))
    .executeTakeFirst()
  return row !== undefined
}
