import type { Generated } from 'kysely'

/** A browser or program that a member has signed in from. */
export interface DevicesTable {
  member_id: string
  id: string
  /** SHA-256 of the device token. One browser shared by two members has a row for each. */
  token_hash: Buffer
  /** Approximate: `Firefox on Linux`. */
  label: string
  created_at: Date
  last_seen_at: Date
  /** Until then the second factor is not asked here. */
  trusted_until: Generated<Date | null>
}

export interface DeviceTables {
  devices: DevicesTable
}
