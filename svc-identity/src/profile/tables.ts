import type { Gender, MemberFacts } from '@accord/contracts/event/identity'
import type { Generated, JSONColumnType } from 'kysely'

export interface PromptAnswer {
  question: string
  answer: string
}

/** One row a member, made when something is first said. */
export interface ProfilesTable {
  member_id: string
  gender: Gender | null
  headline: string | null
  about: string | null
  looking_for: string | null
  /** The chosen place with its coordinates, as JSON, sealed. */
  place_sealed: Buffer | null
  /** H3 cell of the place: all that other services learn of it. */
  cell: string | null
  languages: Generated<string[]>
  prompts: JSONColumnType<PromptAnswer[], string | undefined, string>
  /** The facts last told to the others; null before the address was confirmed. */
  facts: JSONColumnType<MemberFacts | null, string | null | undefined, string | null>
  /** As in `facts`, for queries. */
  visible: Generated<boolean>
  updated_at: Date
}

export interface ProfileTables {
  profiles: ProfilesTable
}
