import { type MemberId, toUuid } from '@accord/contracts/id'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db.ts'
import { couldWantEachOther, unblocked } from '../deck/gates.ts'
import type { Viewer } from '../deck/viewer.ts'
import type { Decision } from './tables.ts'

/** How a viewer and another member stand to each other. */
export interface Standing {
  /** What the viewer has decided. */
  made: Decision | null
  /** What the other has decided. */
  received: Decision | null
  /** The deck may show the other: visible, wanted and wanting, no block. */
  isCandidate: boolean
  /** The other is there at all: visible, no block. */
  isReachable: boolean
}

/** To be asked with the pair locked, and not in the statement that locks it: that one sees what was before. */
export async function findStanding(
  db: Kysely<Database>,
  viewer: Viewer,
  otherId: MemberId,
): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select d.made, d.received,
      coalesce(${couldWantEachOther(viewer)}, false) as "isCandidate",
      coalesce(c.visible, false) and ${unblocked(viewer.uuid)} as "isReachable"
    from (select ${toUuid(otherId)}::uuid as id) other
    left join candidates c on c.member_id = other.id
    left join preferences p on p.member_id = other.id
    left join decisions d on d.member_id = ${viewer.uuid} and d.other_id = other.id`.execute(db)
  return rows[0] ?? { made: null, received: null, isCandidate: false, isReachable: false }
}
