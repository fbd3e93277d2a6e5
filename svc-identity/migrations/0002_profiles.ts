import { type Kysely, sql } from 'kysely'

/**
 * Profiles, photos, blocks, reports and consents. Keys start with the member. A block has one row on each side,
 * so that either member's page needs that member's rows alone; `other_id` therefore refers to no row.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration sees whatever schema stands at its time.
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table profiles (
    member_id uuid primary key references accounts (id) on delete cascade,
    gender text check (gender in ('woman', 'man', 'nonbinary')),
    headline text,
    about text,
    looking_for text,
    place_sealed bytea,
    cell text,
    languages text[] not null default '{}',
    prompts jsonb not null default '[]',
    facts jsonb,
    visible boolean not null default false,
    updated_at timestamptz not null
  )`,
  `create table photos (
    member_id uuid not null references accounts (id) on delete cascade,
    id uuid not null,
    position smallint not null,
    width integer not null,
    height integer not null,
    thumbhash text not null,
    variants jsonb not null,
    created_at timestamptz not null,
    primary key (member_id, id)
  )`,
  // Objects that nobody should find any more, or that were put before their photo was committed.
  `create table media_leftovers (
    name text primary key,
    due_at timestamptz not null
  )`,
  `create index media_leftovers_due on media_leftovers (due_at)`,
  `create table blocks (
    member_id uuid not null references accounts (id) on delete cascade,
    other_id uuid not null,
    made boolean not null,
    created_at timestamptz not null,
    primary key (member_id, other_id, made)
  )`,
  `create index blocks_made on blocks (member_id, created_at desc, other_id desc) where made`,
  // The reporter's row outlives the reporter's account, without its text: the key is erased then.
  `create table reports (
    reporter_id uuid not null,
    id uuid not null,
    reported_id uuid not null,
    reason text not null,
    text_sealed bytea,
    created_on date not null,
    created_at timestamptz not null,
    primary key (reporter_id, id),
    unique (reporter_id, reported_id, reason, created_on)
  )`,
  `create index reports_reported on reports (reported_id, created_at)`,
  `create table consents (
    member_id uuid not null references accounts (id) on delete cascade,
    position bigint generated always as identity,
    kind text not null check (kind in ('terms', 'privacy', 'sensitiveData', 'marketing')),
    version text not null,
    granted boolean not null,
    recorded_at timestamptz not null,
    primary key (member_id, kind, position)
  )`,
]
