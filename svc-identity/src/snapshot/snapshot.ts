import type { snapshot } from '@accord/contracts/call/identity'
import type { MemberFacts } from '@accord/contracts/event/identity'
import { fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import type { Static } from '@sinclair/typebox'
import type { Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'

/** A member's facts as JSON, and an id with its quotes and comma, at most. */
const memberBytes = 500
const idBytes = 33
const messageBytes = 900_000

export type Snapshot = Static<typeof snapshot.response>

/**
 * One page of all members whose facts were ever told, by id. The stream's sequence is read before the rows, and
 * the rows in one view of the database: what is missing here comes by an event after that sequence.
 */
export async function takeSnapshot(
  deps: Pick<Deps, 'db'> & { lastStreamSequence(): Promise<number> },
  page: Static<typeof snapshot.request>,
): Promise<Snapshot> {
  const streamSequence = await deps.lastStreamSequence()
  const members = await deps.db.primary
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const rows = await selectMembers(trx, page.after, page.limit)
      const ids = rows.map((row) => row.id)
      const [versions, blocks] = [await selectVersions(trx, ids), await selectBlocks(trx, ids)]
      return rows.map(({ id, facts }) => ({
        memberId: fromUuid('mem', id),
        version: versions.get(fromUuid('mem', id)) ?? 0,
        facts,
        blocked: blocks.get(id) ?? [],
      }))
    })
  const sent = fitIntoMessage(members)
  const isLastPage = sent.length === members.length && members.length < page.limit
  return { streamSequence, members: sent, next: isLastPage ? null : (sent.at(-1)?.memberId ?? null) }
}

/** As many as one message of 1 MB holds, blocks and all; at least one, or the pages would not end. */
function fitIntoMessage(members: Snapshot['members']): Snapshot['members'] {
  let bytes = 0
  return members.filter(({ blocked }, index) => {
    bytes += memberBytes + blocked.length * idBytes
    return index === 0 || bytes <= messageBytes
  })
}

async function selectMembers(trx: Transaction<Database>, after: MemberId | null, limit: number) {
  let query = trx
    .selectFrom('accounts')
    .innerJoin('profiles', 'profiles.member_id', 'accounts.id')
    .where('accounts.status', '=', 'active')
    .where('profiles.facts', 'is not', null)
  if (after) query = query.where('accounts.id', '>', toUuid(after))
  const rows = await query
    .select(['accounts.id', 'profiles.facts'])
    .orderBy('accounts.id')
    .limit(limit)
    .execute()
  return rows.flatMap(({ id, facts }): { id: string; facts: MemberFacts }[] => (facts ? [{ id, facts }] : []))
}

/** The version of a member is the aggregateSeq of the last event about them, told or still in the outbox. */
async function selectVersions(trx: Transaction<Database>, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('aggregate_versions')
    .where(
      'aggregate',
      'in',
      ids.map((id) => fromUuid('mem', id)),
    )
    .select(['aggregate', 'seq'])
    .execute()
  return new Map(rows.map((row) => [row.aggregate, row.seq]))
}

async function selectBlocks(trx: Transaction<Database>, ids: string[]): Promise<Map<string, MemberId[]>> {
  const blocks = new Map<string, MemberId[]>()
  if (ids.length === 0) return blocks
  const rows = await trx
    .selectFrom('blocks')
    .where('member_id', 'in', ids)
    .where('made', '=', true)
    .select(['member_id', 'other_id'])
    .execute()
  for (const row of rows) {
    const own = blocks.get(row.member_id) ?? []
    own.push(fromUuid('mem', row.other_id))
    blocks.set(row.member_id, own)
  }
  return blocks
}
