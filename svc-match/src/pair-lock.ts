import { type MemberId, toUuid } from '@accord/contracts/id'
import { sql, type Transaction } from 'kysely'
import type { Database } from './db.ts'

/** Two members as uuids, the smaller first: how a pair is written down. */
export function orderedPair(one: MemberId, other: MemberId): [string, string] {
  const [a, b] = [toUuid(one), toUuid(other)]
  return a < b ? [a, b] : [b, a]
}

/**
 * Serialises everything that happens between two members until the transaction ends: of two likes, two clicks
 * or a like and a block, the second sees what the first has done. The members themselves are locked as shared,
 * which keeps a deletion out. A transaction takes one pair, so that no two can wait for each other.
 */
export async function lockPair(trx: Transaction<Database>, one: MemberId, other: MemberId): Promise<void> {
  const [a, b] = orderedPair(one, other)
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`pair:${a}:${b}`}, 0)),
      pg_advisory_xact_lock_shared(hashtextextended(${`member:${a}`}, 0)),
      pg_advisory_xact_lock_shared(hashtextextended(${`member:${b}`}, 0))`.execute(trx)
}

/** Waits for whatever is under way between this member and others, and keeps more from starting. */
export async function lockMember(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`member:${toUuid(memberId)}`}, 0))`.execute(trx)
}

/** Keeps a deletion of this member out, and lets everything else go on. */
export async function shareMember(trx: Transaction<Database>, memberId: MemberId): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`member:${toUuid(memberId)}`}, 0))`.execute(
    trx,
  )
}
