import type { Generated } from 'kysely'
import type { ConsentKind } from './rules.ts'

/** What was agreed to or taken back, when, and in which version of the text. Rows are never changed. */
export interface ConsentsTable {
  member_id: string
  position: Generated<number>
  kind: ConsentKind
  version: string
  granted: boolean
  recorded_at: Date
}

export interface ConsentTables {
  consents: ConsentsTable
}
