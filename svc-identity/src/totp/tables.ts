import type { Generated } from 'kysely'

export interface TotpSeedsTable {
  member_id: string
  seed_sealed: Buffer
  created_at: Date
  /** Null while enrolment waits for its first code. */
  confirmed_at: Generated<Date | null>
  /** Time step of the last accepted code; the same or an older one is never accepted again. */
  last_step: Generated<number | null>
  /** Wrong codes while enrolling. */
  attempts: Generated<number>
}

export interface RecoveryCodesTable {
  member_id: string
  /** Keyed digest, so that the table alone does not give the codes away. */
  code_digest: Buffer
  created_at: Date
  used_at: Generated<Date | null>
}

export interface TotpTables {
  totp_seeds: TotpSeedsTable
  recovery_codes: RecoveryCodesTable
}
