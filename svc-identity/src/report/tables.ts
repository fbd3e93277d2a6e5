import type { ReportReason } from '@accord/contracts/event/identity'

export interface ReportsTable {
  reporter_id: string
  id: string
  reported_id: string
  reason: ReportReason
  /** Sealed with the reporter as its owner. */
  text_sealed: Buffer | null
  /** UTC day: the same report twice on one day is one report. */
  created_on: string
  created_at: Date
}

export interface ReportTables {
  reports: ReportsTable
}
