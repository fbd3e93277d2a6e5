import type { MemberRole } from '@accord/contracts/actor'
import type { Locale } from '@accord/contracts/locale'
import type { ColumnType, Generated } from 'kysely'

/** `pending` until the address is confirmed; `closed` keeps only what must stay after a deletion. */
export type AccountStatus = 'pending' | 'active' | 'closed'

/** One row a member. Sealed columns belong to the envelope with the member as their owner. */
export interface AccountsTable {
  id: string
  status: AccountStatus
  role: MemberRole
  display_name: string
  email_sealed: Buffer
  /** Blind index of the normalised address, by the key version that was current; not unique here. */
  email_digest: Buffer
  email_digest_version: number
  /** ISO date, sealed. */
  birth_date_sealed: Buffer
  /** `YYYY-MM`: the coarse fact that events carry, so that a snapshot need not open every birth date. */
  birth_month: string
  password_hash: string
  password_changed_at: Date
  /** Of the member's mails. */
  locale: Generated<Locale>
  staff: Generated<boolean>
  email_confirmed_at: Date | null
  created_at: ColumnType<Date, Date, never>
}

/** Who holds an address. Goes by its own key; one row for every version of the blind-index key. */
export interface EmailClaimsTable {
  digest_version: number
  digest: Buffer
  member_id: string
  claimed_at: Date
}

export interface AccountTables {
  accounts: AccountsTable
  email_claims: EmailClaimsTable
}
