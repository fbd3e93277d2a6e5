import type { MemberRole } from '@accord/contracts/actor'
import type { Gender } from '@accord/contracts/event/identity'
import type { ColumnType } from 'kysely'

export interface PreferenceTables {
  preferences: {
    member_id: string
    genders: Gender[]
    roles: MemberRole[]
    age_min: number
    age_max: number
    /** Null: anywhere. */
    distance_km: number | null
    /** distance_km as a straight line; computed by the database. */
    chord_km: ColumnType<number | null, never, never>
    updated_at: Date
  }
}
