import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { earthRadiusKm } from '../candidate/position.ts'
import type { Viewer } from './viewer.ts'

/**
 * Whether two members could want each other: what each is against what the other seeks, both ways, as a
 * condition on `candidates c` joined with `preferences p`. The one place where this is said: the deck, its
 * recheck and a decision all ask it.
 */
export function couldWantEachOther(viewer: Viewer): RawBuilder<SqlBool> {
  const { roles, genders } = viewer.seeks
  return sql<SqlBool>`(
    c.role = any(${roles}::text[]) and c.gender = any(${genders}::text[]) and ${beyondKind(viewer)})`
}

/** The same without role and gender of the other, for a search that goes through these one by one. */
export function beyondKind(viewer: Viewer): RawBuilder<SqlBool> {
  const { seeks } = viewer
  return sql<SqlBool>`(
    c.visible and c.member_id <> ${viewer.uuid}
    and c.birth_month between ${seeks.bornFrom}::date and ${seeks.bornTo}::date
    and ${viewer.role} = any(p.roles) and ${viewer.gender} = any(p.genders)
    and ${viewer.age} between p.age_min and p.age_max
    and ${chordTo(viewer)} <= least(p.chord_km, ${seeks.chordKm ?? 2 * earthRadiusKm}::float8)
    and ${unblocked(viewer.uuid)})`
}

/** The straight line from the viewer to a candidate, in km. */
export function chordTo(viewer: Viewer): RawBuilder<number> {
  return sql<number>`(c.position <-> ${viewer.position}::cube)`
}

/** No block in either direction: one that the other made stands on this member's side too. */
export function unblocked(uuid: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`not exists (
    select from blocks b where b.member_id = ${uuid} and b.other_id = c.member_id and b.active)`
}

/** Neither has this member decided yet, nor has the other passed: such a pair will not match. */
export function undecided(uuid: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`not exists (
    select from decisions d where d.member_id = ${uuid} and d.other_id = c.member_id
    and (d.made is not null or d.received = 'pass'))`
}
