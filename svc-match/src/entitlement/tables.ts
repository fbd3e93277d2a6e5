import type { Entitlements } from '@accord/contracts/call/billing'
import type { ColumnType } from 'kysely'

export interface EntitlementTables {
  known_entitlements: {
    member_id: string
    entitlements: ColumnType<Entitlements, string, string>
    known_at: Date
  }
}
