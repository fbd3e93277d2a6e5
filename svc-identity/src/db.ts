import type { KitTables } from '@accord/kit/db/tables'
import type { AccountTables } from './account/tables.ts'
import type { BlockTables } from './block/tables.ts'
import type { ConsentTables } from './consent/tables.ts'
import type { DeviceTables } from './device/tables.ts'
import type { MailTables } from './mail/tables.ts'
import type { PhotoTables } from './photo/tables.ts'
import type { ProfileTables } from './profile/tables.ts'
import type { ReportTables } from './report/tables.ts'
import type { SessionTables } from './session/tables.ts'
import type { SigningKeyTables } from './signing-key/tables.ts'
import type { TotpTables } from './totp/tables.ts'

/** Every table of identity's database, by the feature that owns it. */
export interface Database
  extends KitTables,
    AccountTables,
    DeviceTables,
    SessionTables,
    TotpTables,
    MailTables,
    SigningKeyTables,
    ProfileTables,
    PhotoTables,
    BlockTables,
    ReportTables,
    ConsentTables {}
