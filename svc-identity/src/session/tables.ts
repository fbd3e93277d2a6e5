import type { Generated } from 'kysely'

export type SessionMode = 'cookie' | 'token'
export type SecondFactor = 'totp' | 'recovery' | 'email'
export type SessionEnd =
  | 'logout'
  | 'ended_by_member'
  | 'refresh_reuse'
  | 'password_changed'
  | 'too_many_sessions'
  | 'account_closed'

/** A sign-in; it is also the family of its refresh tokens. */
export interface SessionsTable {
  member_id: string
  id: string
  device_id: string
  mode: SessionMode
  label: string
  /** RFC 8176 values: how the member proved who they are. */
  amr: string[]
  authenticated_at: Date
  created_at: Date
  last_used_at: Date
  expires_at: Date
  ended_at: Generated<Date | null>
  end_reason: Generated<SessionEnd | null>
}

/** Every refresh token of a family, by its hash: a used one that comes back late is how theft shows. */
export interface RefreshTokensTable {
  member_id: string
  session_id: string
  token_hash: Buffer
  issued_at: Date
  expires_at: Date
  used_at: Generated<Date | null>
  /** Hash of what identifies the client that used it. */
  used_by: Generated<Buffer | null>
  /** The answer that its use gave, sealed, for the same client's repeats; cleared afterwards. */
  answer_sealed: Generated<Buffer | null>
}

/** A sign-in that waits for its second factor. Goes by its own key: the client holds nothing else. */
export interface LoginChallengesTable {
  id: string
  member_id: string
  methods: SecondFactor[]
  /** Keyed digest of the mailed code. */
  code_digest: Buffer | null
  attempts: Generated<number>
  created_at: Date
  expires_at: Date
  completed_at: Generated<Date | null>
}

export interface SessionTables {
  sessions: SessionsTable
  refresh_tokens: RefreshTokensTable
  login_challenges: LoginChallengesTable
}
