import type { snapshot } from '@accord/contracts/call/identity'
import type { MemberId } from '@accord/contracts/id'
import type { Static } from '@sinclair/typebox'
import type { Transaction } from 'kysely'
import { blockedBy, tellBlock } from '../block/store.ts'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { type EndedMatch, endMatch } from '../match/end.ts'
import { lockMatchOf } from '../match/store.ts'
import { lockMember, shareMember } from '../pair-lock.ts'
import { isDeleted, storeCompleteness, storeFacts } from './store.ts'

export type SnapshotMember = Static<typeof snapshot.response>['members'][number]

/**
 * Applies what identity says of one member as of a version: facts, and the blocks that this member made. What
 * newer events have brought stays; older ones that are still to come have nothing to add. Answers the matches
 * that a block ended of which we had not heard.
 */
export async function takeSnapshot(
  trx: Transaction<Database>,
  member: SnapshotMember,
  clock: Deps['clock'],
): Promise<EndedMatch[]> {
  const { memberId, version } = member
  await lockMember(trx, memberId)
  if (await isDeleted(trx, [memberId])) return []
  await storeFacts(trx, member)
  await storeCompleteness(trx, memberId, version)
  const blocked = new Set<MemberId>(member.blocked)
  for (const otherId of await blockedBy(trx, memberId, version)) {
    if (!blocked.has(otherId))
      await tellBlock(trx, { blockerId: memberId, blockedId: otherId, active: false, version })
  }
  const ended: EndedMatch[] = []
  for (const otherId of blocked) {
    await shareMember(trx, otherId)
    if (await isDeleted(trx, [otherId])) continue
    // A newer event has settled the matter: the match may be younger than that the block was taken back.
    if (!(await tellBlock(trx, { blockerId: memberId, blockedId: otherId, active: true, version }))) continue
    const match = await lockMatchOf(trx, memberId, otherId)
    const newly = match && (await endMatch(trx, match, { by: memberId, reason: 'blocked', clock }))
    if (newly) ended.push(newly)
  }
  return ended
}
