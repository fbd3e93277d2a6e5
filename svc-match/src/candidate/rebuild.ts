import { snapshot } from '@accord/contracts/call/identity'
import type { MemberId } from '@accord/contracts/id'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { pushEnded } from '../match/end.ts'
import { hideUntouched } from './store.ts'
import { takeSnapshot } from './take-snapshot.ts'

const pageSize = 200

export interface Rebuilt {
  /** Members whose facts were written. */
  members: number
  /** Members that identity does not know any more. */
  hidden: number
}

/**
 * Brings the projection of members to what identity knows, in place and while the service runs. What happens
 * meanwhile comes by the durable consumer, which has kept its place in the stream: an event it has acknowledged
 * is in the snapshot, any other is still to come, and versions make the order of the two harmless. So nothing
 * is replayed from the snapshot's `streamSequence`.
 *
 * Members whom identity does not know are hidden and not forgotten: their matches and decisions must not hang
 * on one answer. A deletion that was missed lies in the dead letters.
 */
export async function rebuildCandidates(
  deps: Pick<Deps, 'db' | 'redis' | 'call' | 'clock' | 'publishLive'>,
  onPage: (members: number) => void = () => {},
): Promise<Rebuilt> {
  const startedAt = await databaseTime(deps)
  let members = 0
  let after: MemberId | null = null
  do {
    const page: Awaited<ReturnType<typeof fetchPage>> = await fetchPage(deps, after)
    for (const member of page.members) {
      const ended = await deps.db.primary
        .transaction()
        .execute((trx) => takeSnapshot(trx, member, deps.clock))
      await pushEnded(deps, ...ended)
    }
    members += page.members.length
    onPage(members)
    after = page.next
  } while (after !== null)
  return { members, hidden: await hideUntouched(deps.db.primary, startedAt) }
}

function fetchPage({ call }: Pick<Deps, 'call'>, after: MemberId | null) {
  return call(snapshot, { after, limit: pageSize })
}

async function databaseTime({ db }: Pick<Deps, 'db'>): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db.primary)
  return rows[0]?.now ?? new Date(0)
}
