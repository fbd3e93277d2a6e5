import { fromUuid, type MemberId, toUuid } from '@accord/contracts/id'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../db.ts'
import { beyondKind, chordTo, couldWantEachOther, undecided } from './gates.ts'
import type { Viewer } from './viewer.ts'

/** Somebody for the deck, and how far away in a straight line. */
export interface Candidate {
  memberId: MemberId
  chordKm: number
}

interface CandidateRow {
  member_id: string
  chord_km: number
}

/**
 * Those whom the viewer could want and be wanted by, and neither has passed on: nearest first. `after` gives
 * those behind this candidate. Each sought role and gender is walked from the nearest on its own, which the
 * index can do, and the walks are merged; it stops as soon as there are enough.
 */
export async function findNearest(
  db: Kysely<Database>,
  viewer: Viewer,
  page: { after: Candidate | null; limit: number },
): Promise<Candidate[]> {
  const chord = chordTo(viewer)
  const tie = tieOf(viewer, sql`c.member_id`)
  const behind = page.after
    ? sql`and (${chord}, ${tie}) > (${page.after.chordKm}::float8, ${tieOf(viewer, sql`${toUuid(page.after.memberId)}::uuid`)})`
    : sql``
  const { rows } = await sql<CandidateRow>`
    select near.member_id, near.chord_km
    from unnest(${viewer.seeks.roles}::text[]) as roles (sought_role)
    cross join unnest(${viewer.seeks.genders}::text[]) as genders (sought_gender)
    cross join lateral (
      select c.member_id, ${chord} as chord_km, ${tie} as tie
      from candidates c join preferences p on p.member_id = c.member_id
      where c.role = sought_role and c.gender = sought_gender
        and ${beyondKind(viewer)} and ${undecided(viewer.uuid)} ${withinReach(viewer)} ${behind}
      order by chord_km, tie
      limit ${page.limit}
    ) near
    order by near.chord_km, near.tie
    limit ${page.limit}`.execute(db)
  return rows.map(parseCandidate)
}

/** Those of these members who may be shown at this moment, in the order given. */
export async function stillCandidates(
  db: Kysely<Database>,
  viewer: Viewer,
  memberIds: readonly MemberId[],
): Promise<Candidate[]> {
  if (memberIds.length === 0) return []
  const { rows } = await sql<CandidateRow>`
    select c.member_id, ${chordTo(viewer)} as chord_km
    from candidates c join preferences p on p.member_id = c.member_id
    where c.member_id = any(${memberIds.map(toUuid)}::uuid[])
      and ${couldWantEachOther(viewer)} and ${undecided(viewer.uuid)}`.execute(db)
  const found = new Map(rows.map((row) => [fromUuid('mem', row.member_id), parseCandidate(row)]))
  return memberIds.flatMap((id) => found.get(id) ?? [])
}

/** Where a member stands in the deck's order; null for one who has no place any more. */
export async function locate(
  db: Kysely<Database>,
  viewer: Viewer,
  memberId: MemberId,
): Promise<Candidate | null> {
  const { rows } = await sql<CandidateRow>`
    select c.member_id, ${chordTo(viewer)} as chord_km from candidates c
    where c.member_id = ${toUuid(memberId)} and c.position is not null`.execute(db)
  return rows[0] ? parseCandidate(rows[0]) : null
}

/** A box of this size holds few enough to be sorted; the planner takes any box for a small one. */
const nearKm = 500

/** Lets the index leave out what lies beyond the viewer's own reach. A wide one is walked from the nearest. */
function withinReach(viewer: Viewer): RawBuilder<unknown> {
  const { chordKm } = viewer.seeks
  return chordKm === null || chordKm > nearKm
    ? sql``
    : sql`and c.position <@ cube_enlarge(${viewer.position}::cube, ${chordKm}::float8, 3)`
}

/**
 * Order among those who are equally far, as all of one cell are: stable for one viewer and different for each,
 * so that nobody in a large city stands at the end for everybody.
 */
function tieOf(viewer: Viewer, uuid: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`uuid_hash_extended(${uuid}, hashtextextended(${viewer.uuid}, 0))`
}

function parseCandidate(row: CandidateRow): Candidate {
  return { memberId: fromUuid('mem', row.member_id), chordKm: row.chord_km }
}
