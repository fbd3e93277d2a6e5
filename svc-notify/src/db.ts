import type { KitTables } from '@accord/kit/db/tables'
import type { Generated, JSONColumnType } from 'kysely'
import type { NotificationAbout, NotificationKind } from './inbox/kind.ts'
import type { MailKind } from './mail/kind.ts'
import type { MailPreferences } from './preference/store.ts'

export interface Database extends KitTables {
  notifications: {
    member_id: string
    id: string
    kind: NotificationKind
    about: JSONColumnType<NotificationAbout>
    topic: string
    /** Of a conversation's entry: the last message that it counts. */
    last_seq: number | null
    count: Generated<number>
    created_at: Date
    read_at: Date | null
  }
  preferences: { member_id: string; mail: JSONColumnType<MailPreferences>; updated_at: Date }
  departed_members: { member_id: string; departed_at: Date }
  ended_matches: { match_id: string; ended_at: Date }
  conversation_reads: { member_id: string; conversation_id: string; up_to_seq: number }
  mails: {
    id: string
    member_id: string | null
    /** The entry that a notification mail tells of. */
    notification_id: string | null
    kind: MailKind
    state: 'queued' | 'sent' | 'dropped' | 'failed'
    attempts: Generated<number>
    next_attempt_at: Date
    created_at: Date
    done_at: Date | null
    /** Why it was not sent; never an address or text. */
    reason: string | null
  }
}
