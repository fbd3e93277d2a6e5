import type { MemberRole } from '@accord/contracts/actor'
import type { Gender } from '@accord/contracts/event/identity'
import { type MemberId, toUuid } from '@accord/contracts/id'
import { type Refused, refused } from '@accord/kit/error'
import type { Kysely } from 'kysely'
import type { Database } from '../db.ts'
import { ageByMonth, birthMonths } from './age.ts'

/** A member who may look for others: what they are, and whom they seek, as queries need it. */
export interface Viewer {
  memberId: MemberId
  uuid: string
  role: MemberRole
  gender: Gender
  age: number
  cell: string
  position: string
  seeks: {
    genders: Gender[]
    roles: MemberRole[]
    /** First days of the earliest and the latest month of birth. */
    bornFrom: string
    bornTo: string
    chordKm: number | null
  }
}

export type ViewerRefusal = 'profile_incomplete' | 'preferences_missing'

/** Loads a viewer. Refused until the profile is visible and the preferences are set, in this order. */
export async function loadViewer(
  db: Kysely<Database>,
  memberId: MemberId,
  now: Date,
): Promise<Viewer | Refused<ViewerRefusal>> {
  const row = await db
    .selectFrom('candidates as c')
    .leftJoin('preferences as p', 'p.member_id', 'c.member_id')
    .where('c.member_id', '=', toUuid(memberId))
    .where('c.visible', '=', true)
    .select(['c.member_id', 'c.role', 'c.gender', 'c.birth_month', 'c.cell', 'c.position'])
    .select(['p.genders', 'p.roles', 'p.age_min', 'p.age_max', 'p.chord_km'])
    .executeTakeFirst()
  if (!row?.role || !row.gender || !row.birth_month || !row.cell || !row.position) {
    return refused('profile_incomplete')
  }
  const { genders, roles, age_min, age_max } = row
  if (!genders || !roles || age_min === null || age_max === null) return refused('preferences_missing')
  const { first: bornFrom, last: bornTo } = birthMonths(age_min, age_max, now)
  return {
    memberId,
    uuid: row.member_id,
    role: row.role,
    gender: row.gender,
    age: ageByMonth(row.birth_month, now),
    cell: row.cell,
    position: row.position,
    seeks: { genders, roles, bornFrom, bornTo, chordKm: row.chord_km },
  }
}
