import {
  createIdempotencyTable,
  createInboxTables,
  createKeyTable,
  createOutboxTables,
} from '@accord/kit/db/tables'
import { type Kysely, sql } from 'kysely'

/**
 * Preferences, the projection of candidates and blocks, decisions, matches. Keys start with the member, the
 * distribution key; what concerns two members has one row on each side, so that either member's page reads
 * that member's rows alone.
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
  // Both are trusted extensions: the owner of the database may create them. earthdistance is not.
  `create extension if not exists cube`,
  `create extension if not exists btree_gist`,

  // chord_km: how far the preference reaches in a straight line through the Earth, as positions are compared.
  `create table preferences (
    member_id uuid primary key,
    genders text[] not null,
    roles text[] not null,
    age_min smallint not null check (age_min >= 18),
    age_max smallint not null check (age_max >= age_min),
    distance_km integer check (distance_km between 1 and 20000),
    chord_km double precision generated always as (2 * 6371.0088 * sin(distance_km / (2 * 6371.0088))) stored,
    updated_at timestamptz not null
  )`,

  // position: the centre of the cell as a point (x, y, z) in km on a sphere. A member who left keeps a row
  // without facts, so that late events and snapshots find that it is over.
  `create table candidates (
    member_id uuid primary key,
    version bigint not null,
    complete_to bigint not null default 0,
    role text check (role in ('benefactor', 'companion')),
    gender text check (gender in ('woman', 'man', 'nonbinary')),
    birth_month date,
    cell text,
    position cube,
    languages text[] not null default '{}',
    has_photo boolean not null default false,
    visible boolean not null default false,
    deleted boolean not null default false,
    applied_at timestamptz not null,
    check (not visible or (role is not null and gender is not null and birth_month is not null
      and position is not null and not deleted))
  )`,
  // Answers "nearest first" by itself, at any distance, within one role and gender; a search by rings of cells
  // would need a query for each ring and could not stop at the right one.
  `create index candidates_nearest on candidates using gist (role, gender, position) where visible`,

  // A block stands on both sides: made (with the blocker) and received. One taken back stays as a row, so that
  // an older event cannot bring it back.
  `create table blocks (
    member_id uuid not null,
    other_id uuid not null,
    made boolean not null,
    active boolean not null,
    version bigint not null,
    primary key (member_id, other_id, made)
  )`,

  // What a member decided about another (made), and what the other decided (received).
  `create table decisions (
    member_id uuid not null,
    other_id uuid not null,
    made text check (made in ('like', 'pass')),
    made_at timestamptz,
    received text check (received in ('like', 'pass')),
    received_at timestamptz,
    primary key (member_id, other_id),
    check ((made is null) = (made_at is null)),
    check ((received is null) = (received_at is null)),
    check (made is not null or received is not null)
  )`,
  `create index decisions_passes on decisions (member_id, made_at desc) where made = 'pass'`,
  `create index decisions_likes_received on decisions (member_id, received_at desc, other_id desc)
    where received = 'like' and made is null`,

  `create table like_counters (member_id uuid primary key, day date not null, used integer not null)`,

  `create table matches (
    id uuid primary key,
    member_a uuid not null,
    member_b uuid not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    ended_by uuid,
    ended_reason text check (ended_reason in ('unmatched', 'blocked', 'deleted')),
    check (member_a < member_b),
    check ((ended_at is null) = (ended_reason is null))
  )`,
  // The unique pair makes a second match of two members impossible, whatever the code above it does.
  `create table match_sides (
    member_id uuid not null,
    match_id uuid not null,
    other_id uuid not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (member_id, match_id),
    unique (member_id, other_id)
  )`,
  `create index match_sides_active on match_sides (member_id, match_id desc) where ended_at is null`,

  // What billing said last: counts while billing is away.
  `create table known_entitlements (
    member_id uuid primary key,
    entitlements jsonb not null,
    known_at timestamptz not null
  )`,
]
