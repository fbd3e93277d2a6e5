import { chatBlock } from '@accord/contracts/call/chat'
import { matchBlock } from '@accord/contracts/call/match'
import { memberBlocked } from '@accord/contracts/event/identity'
import { type MemberId, toUuid } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import { enqueue } from '@accord/kit/outbox/enqueue'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { lockOwnAccount } from '../profile/own-account.ts'

export type BlockRefusal = 'cannot_block_self' | 'not_found' | 'conflict' | 'account_closed'

/** More than anybody needs; bounds what a rebuild has to read of one member. */
export const maxBlocks = 10_000

/**
 * Blocks a member: committed first, then match and chat are told, so that the answer comes when both have
 * parted the pair, or after half a second. The event does the same for whoever could not be told.
 */
export async function blockMember(
  deps: Pick<Deps, 'db' | 'clock' | 'call' | 'log'>,
  blockerId: MemberId,
  blockedId: MemberId,
): Promise<Refused<BlockRefusal> | null> {
  if (blockerId === blockedId) return refused('cannot_block_self')
  const refusal = await deps.db.primary.transaction().execute(async (trx) => {
    const closed = await lockOwnAccount(trx, blockerId)
    if (closed) return closed
    if (!(await memberExists(trx, blockedId))) return refused('not_found')
    return storeBlock(trx, deps, blockerId, blockedId)
  })
  if (!refusal) await tellOthers(deps, blockerId, blockedId)
  return refusal
}

/** Writes the block on both sides, and its event. A second time it does nothing. Refuses before it writes. */
export async function storeBlock(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock'>,
  blockerId: MemberId,
  blockedId: MemberId,
): Promise<Refused<'conflict'> | null> {
  const [blocker, blocked, now] = [toUuid(blockerId), toUuid(blockedId), deps.clock()]
  if ((await countBlocks(trx, blocker)) >= maxBlocks)
    return refused('conflict', { detail: `You have blocked ${maxBlocks} members already.` })
  const made = await trx
    .insertInto('blocks')
    .values({ member_id: blocker, other_id: blocked, made: true, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('created_at')
    .executeTakeFirst()
  if (!made) return null
  await trx
    .insertInto('blocks')
    .values({ member_id: blocked, other_id: blocker, made: false, created_at: now })
    .execute()
  await enqueue(trx, memberBlocked, {
    aggregateId: blockerId,
    data: { blockerId, blockedId },
    actor: blockerId,
    clock: deps.clock,
  })
  return null
}

async function countBlocks(trx: Transaction<Database>, blocker: string): Promise<number> {
  const { count } = await trx
    .selectFrom('blocks')
    .where('member_id', '=', blocker)
    .where('made', '=', true)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Tells match and chat, who otherwise learn it from the event a moment later. Never throws. */
export async function tellOthers(
  deps: Pick<Deps, 'call' | 'log'>,
  blockerId: MemberId,
  blockedId: MemberId,
): Promise<void> {
  const pair = { blockerId, blockedId }
  const told = await Promise.allSettled([
    deps.call(matchBlock, pair, { timeoutMs: 500 }),
    deps.call(chatBlock, pair, { timeoutMs: 500 }),
  ])
  const missed = told.filter((result) => result.status === 'rejected').length
  if (missed > 0) deps.log.info('a block will reach others by its event alone', { missed })
}

/** Locked against a deletion that runs at the same time: no block may stay with somebody who has left. */
export async function memberExists(trx: Transaction<Database>, memberId: MemberId): Promise<boolean> {
  const account = await trx
    .selectFrom('accounts')
    .where('id', '=', toUuid(memberId))
    .where('status', '=', 'active')
    .select('id')
    .forKeyShare()
    .executeTakeFirst()
  return account !== undefined
}
