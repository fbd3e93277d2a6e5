import type { MemberRole } from '@accord/contracts/actor'
import type { Gender } from '@accord/contracts/event/identity'
import type { Generated } from 'kysely'

export interface CandidateTables {
  candidates: {
    member_id: string
    /** aggregateSeq of the member that the facts are true for. */
    version: number
    /** A snapshot has said everything up to this aggregateSeq: older events have nothing to add. */
    complete_to: Generated<number>
    role: MemberRole | null
    gender: Gender | null
    /** First day of the month of birth, `YYYY-MM-DD`. */
    birth_month: string | null
    cell: string | null
    /** Centre of the cell, see position.ts; Postgres type `cube`. */
    position: string | null
    languages: Generated<string[]>
    has_photo: Generated<boolean>
    visible: Generated<boolean>
    deleted: Generated<boolean>
    applied_at: Date
  }
}
