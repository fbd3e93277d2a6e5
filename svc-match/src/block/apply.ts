import { type MemberId, toUuid } from '@accord/contracts/id'
import type { Clock } from '@accord/kit/clock'
import { sql, type Transaction } from 'kysely'
import { isDeleted } from '../candidate/store.ts'
import type { Database } from '../db.ts'
import { type EndedMatch, endMatch } from '../match/end.ts'
import { lockMatchOf } from '../match/store.ts'
import { lockPair } from '../pair-lock.ts'
import { tellBlock } from './store.ts'

export interface BlockChange {
  blockerId: MemberId
  blockedId: MemberId
  active: boolean
  /** aggregateSeq of the blocker. */
  version: number
  occurredAt: Date
}

/**
 * Applies a block, or that one was taken back, as its event tells it: in any order, any number of times, with
 * the same end. Answers the match that it ended.
 */
export async function applyBlock(
  trx: Transaction<Database>,
  change: BlockChange,
  clock: Clock,
): Promise<EndedMatch | null> {
  const { blockerId, blockedId } = change
  await lockPair(trx, blockerId, blockedId)
  if (await isDeleted(trx, [blockerId, blockedId])) return null
  const isNews = (await isAfterSnapshot(trx, change)) && (await tellBlock(trx, change))
  if (!change.active) return null
  const match = await lockMatchOf(trx, blockerId, blockedId)
  if (!match) return null
  // A block that was taken back before we heard of it has still ended the match that it found.
  if (!isNews && match.createdAt > change.occurredAt) return null
  return endMatch(trx, match, { by: blockerId, reason: 'blocked', clock })
}

/**
 * Applies a block at once, ahead of its event, which settles the matter when it comes. Answers the match that
 * it ended.
 */
export async function applyBlockAhead(
  trx: Transaction<Database>,
  { blockerId, blockedId }: Pick<BlockChange, 'blockerId' | 'blockedId'>,
  clock: Clock,
): Promise<EndedMatch | null> {
  await lockPair(trx, blockerId, blockedId)
  if (await isDeleted(trx, [blockerId, blockedId])) return null
  const [blocker, blocked] = [toUuid(blockerId), toUuid(blockedId)]
  await trx
    .insertInto('blocks')
    .values([
      { member_id: blocker, other_id: blocked, made: true, active: true, version: 0 },
      { member_id: blocked, other_id: blocker, made: false, active: true, version: 0 },
    ])
    .onConflict((conflict) =>
      conflict.columns(['member_id', 'other_id', 'made']).doUpdateSet({ active: true }),
    )
    .execute()
  const match = await lockMatchOf(trx, blockerId, blockedId)
  return match && endMatch(trx, match, { by: blockerId, reason: 'blocked', clock })
}

async function isAfterSnapshot(trx: Transaction<Database>, change: BlockChange): Promise<boolean> {
  const { rows } = await sql`
    select from candidates
    where member_id = ${toUuid(change.blockerId)} and complete_to >= ${change.version}`.execute(trx)
  return rows.length === 0
}
