import {
  createIdempotencyTable,
  createInboxTables,
  createKeyTable,
  createOutboxTables,
} from '@accord/kit/db/tables'
import { type Kysely, sql } from 'kysely'

/**
 * Accounts, devices, sessions, second factors, mails and signing keys. Keys start with the member, the
 * distribution key, but for rows that are found by a key of their own (claims, challenges, mails).
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration sees whatever schema stands at its time.
export async function up(db: Kysely<any>): Promise<void> {
  await createOutboxTables(db)
  await createInboxTables(db)
  await createIdempotencyTable(db)
  await createKeyTable(db)
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table accounts (
    id uuid primary key,
    status text not null check (status in ('pending', 'active', 'closed')),
    role text not null check (role in ('benefactor', 'companion')),
    display_name text not null,
    email_sealed bytea not null,
    email_digest bytea not null,
    email_digest_version integer not null,
    birth_date_sealed bytea not null,
    birth_month text not null check (birth_month ~ '^[0-9]{4}-[0-9]{2}$'),
    password_hash text not null,
    password_changed_at timestamptz not null,
    locale text not null default 'en',
    staff boolean not null default false,
    email_confirmed_at timestamptz,
    created_at timestamptz not null
  )`,
  `create index accounts_pending_address on accounts (email_digest, created_at desc) where status = 'pending'`,
  `create index accounts_pending_age on accounts (created_at) where status = 'pending'`,
  `create table email_claims (
    digest_version integer not null,
    digest bytea not null,
    member_id uuid not null references accounts (id) on delete cascade,
    claimed_at timestamptz not null,
    primary key (digest_version, digest)
  )`,
  `create index email_claims_member on email_claims (member_id)`,
  `create table devices (
    member_id uuid not null references accounts (id) on delete cascade,
    id uuid not null,
    token_hash bytea not null,
    label text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    trusted_until timestamptz,
    primary key (member_id, id),
    unique (member_id, token_hash)
  )`,
  `create table sessions (
    member_id uuid not null references accounts (id) on delete cascade,
    id uuid not null,
    device_id uuid not null,
    mode text not null check (mode in ('cookie', 'token')),
    label text not null,
    amr text[] not null,
    authenticated_at timestamptz not null,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    end_reason text,
    primary key (member_id, id)
  )`,
  `create index sessions_open on sessions (member_id, created_at) where ended_at is null`,
  `create index sessions_expiry on sessions (expires_at)`,
  `create index sessions_ended on sessions (ended_at) where ended_at is not null`,
  `create table refresh_tokens (
    member_id uuid not null,
    session_id uuid not null,
    token_hash bytea not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    used_by bytea,
    answer_sealed bytea,
    primary key (member_id, session_id, token_hash),
    foreign key (member_id, session_id) references sessions (member_id, id) on delete cascade
  )`,
  `create index refresh_tokens_expiry on refresh_tokens (expires_at)`,
  `create index refresh_tokens_answers on refresh_tokens (used_at) where answer_sealed is not null`,
  `create table login_challenges (
    id uuid primary key,
    member_id uuid not null references accounts (id) on delete cascade,
    methods text[] not null,
    code_digest bytea,
    attempts integer not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    completed_at timestamptz
  )`,
  `create index login_challenges_member on login_challenges (member_id, created_at)`,
  `create index login_challenges_expiry on login_challenges (expires_at)`,
  `create table totp_seeds (
    member_id uuid primary key references accounts (id) on delete cascade,
    seed_sealed bytea not null,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    last_step integer,
    attempts integer not null default 0
  )`,
  `create table recovery_codes (
    member_id uuid not null references accounts (id) on delete cascade,
    code_digest bytea not null,
    created_at timestamptz not null,
    used_at timestamptz,
    primary key (member_id, code_digest)
  )`,
  `create table link_tokens (
    member_id uuid not null references accounts (id) on delete cascade,
    token_hash bytea not null,
    purpose text not null check (purpose in ('confirm', 'reset')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (member_id, token_hash)
  )`,
  `create index link_tokens_expiry on link_tokens (expires_at)`,
  `create table mail_requests (
    id uuid primary key,
    member_id uuid not null references accounts (id) on delete cascade,
    kind text not null,
    secret_sealed bytea,
    link_hash bytea,
    challenge_id uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create index mail_requests_expiry on mail_requests (expires_at)`,
  `create index mail_requests_member on mail_requests (member_id)`,
  `create table signing_keys (
    kid text primary key,
    state text not null check (state in ('next', 'current', 'retired')),
    public_jwk jsonb not null,
    private_sealed bytea not null,
    created_at timestamptz not null,
    since timestamptz not null
  )`,
  // Two instances that rotate at once cannot both end up with a current key.
  `create unique index signing_keys_one_current on signing_keys (state) where state in ('current', 'next')`,
]
