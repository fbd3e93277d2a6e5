import type { KitTables } from '@accord/kit/db/tables'
import type { BlockTables } from './block/tables.ts'
import type { CandidateTables } from './candidate/tables.ts'
import type { DecisionTables } from './decision/tables.ts'
import type { EntitlementTables } from './entitlement/tables.ts'
import type { MatchTables } from './match/tables.ts'
import type { PreferenceTables } from './preference/tables.ts'

/** Every table of match's database, by the feature that owns it. Ids are uuids. */
export interface Database
  extends KitTables,
    PreferenceTables,
    CandidateTables,
    BlockTables,
    DecisionTables,
    MatchTables,
    EntitlementTables {}
