import type { MailKind } from '@accord/contracts/event/identity'
import type { Generated } from 'kysely'

/** A mail that identity wants sent. Goes by its own key: notify asks for it by nothing else. */
export interface MailRequestsTable {
  id: string
  member_id: string
  kind: MailKind
  /** Link token or code, sealed; it leaves the database only when the mail is sent. */
  secret_sealed: Buffer | null
  /** Link whose use makes the mail pointless. */
  link_hash: Buffer | null
  /** Challenge whose end makes the mail pointless. */
  challenge_id: string | null
  created_at: Date
  expires_at: Date
}

export type LinkPurpose = 'confirm' | 'reset'

/** A mailed link, by the hash of its token. */
export interface LinkTokensTable {
  member_id: string
  token_hash: Buffer
  purpose: LinkPurpose
  created_at: Date
  expires_at: Date
  used_at: Generated<Date | null>
}

export interface MailTables {
  mail_requests: MailRequestsTable
  link_tokens: LinkTokensTable
}
