import { type Generated, type Kysely, sql } from 'kysely'

/** Times are `timestamptz`, bigints arrive as numbers (see database.ts), ids of events are uuids. */
export interface OutboxTables {
  outbox: {
    /** Event id (uuid): the message's `Nats-Msg-Id` in its TypeID form. */
    id: string
    /** Taken while the aggregate's lock is held, so it orders the rows of one aggregate, and only those. */
    position: Generated<number>
    lane: number
    /** TypeID of the entity, or `kv:<bucket>:<key>` for an entry of a bucket. */
    aggregate: string
    subject: string
    /** The exact JSON text that is published. */
    payload: string
    created_at: Generated<Date>
    attempts: Generated<number>
    /** Set while the aggregate is parked, on its first row alone. */
    next_attempt_at: Date | null
    last_error: string | null
  }
  outbox_lanes: { lane: number; holder: string | null; expires_at: Date }
  outbox_relays: { relay: string; expires_at: Date }
  aggregate_versions: { aggregate: string; seq: number }
}

export interface InboxTables {
  inbox: { consumer: string; event_id: string; processed_at: Generated<Date> }
  /** Newest aggregateSeq that a `latestOnly` handler has applied. */
  applied_versions: { consumer: string; aggregate: string; scope: string; seq: number }
  dead_letters: {
    id: string
    consumer: string
    event_id: string | null
    stream: string
    stream_seq: number
    published_at: Date
    subject: string
    headers: Record<string, string[]>
    payload: Buffer
    reason: DeadLetterReason
    error: string | null
    deliveries: number
    created_at: Generated<Date>
    replay_requested_at: Date | null
    replayed_at: Date | null
  }
}

export type DeadLetterReason = 'unparseable' | 'failed' | 'too_many_deliveries'

export interface IdempotencyTables {
  idempotency_keys: {
    actor: string
    operation: string
    key: string
    body_hash: Buffer
    answer: unknown
    created_at: Generated<Date>
  }
}

export interface KeyTables {
  data_keys: {
    /** Member or conversation id. */
    owner: string
    wrapped: Buffer
    kek_version: number
    created_at: Generated<Date>
  }
  /** The ledger: whose key was destroyed, replayed after every restore. */
  erasures: { owner: string; erased_at: Generated<Date> }
}

/** Every table that kit keeps in a service's own database: `interface Database extends KitTables { … }`. */
export interface KitTables extends OutboxTables, InboxTables, IdempotencyTables, KeyTables {}

/** How many lanes outbox rows hash to. */
export const laneCount = 16

/** Creates what {@link OutboxTables} describes. For a service's first migration. */
export async function createOutboxTables<DB>(db: Kysely<DB>): Promise<void> {
  // Rows come and go all the time and the table stays small: vacuumed by number, not by share.
  await sql`
    create table outbox (
      id uuid primary key,
      position bigint generated always as identity,
      lane smallint not null,
      aggregate text not null,
      subject text not null,
      payload text not null,
      created_at timestamptz not null default now(),
      attempts integer not null default 0,
      next_attempt_at timestamptz,
      last_error text
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`.execute(db)
  await sql`create index outbox_by_lane on outbox (lane, position)`.execute(db)
  await sql`create index outbox_parked on outbox (lane, aggregate) where next_attempt_at is not null`.execute(
    db,
  )
  await sql`
    create table outbox_lanes (
      lane smallint primary key,
      holder uuid,
      expires_at timestamptz not null default '-infinity'
    )`.execute(db)
  await sql`insert into outbox_lanes (lane) select generate_series(0, ${sql.lit(laneCount - 1)})`.execute(db)
  await sql`create table outbox_relays (relay uuid primary key, expires_at timestamptz not null)`.execute(db)
  await sql`create table aggregate_versions (aggregate text primary key, seq bigint not null)`.execute(db)
}

/** Creates what {@link InboxTables} describes. */
export async function createInboxTables<DB>(db: Kysely<DB>): Promise<void> {
  await sql`
    create table inbox (
      consumer text not null,
      event_id uuid not null,
      processed_at timestamptz not null default now(),
      primary key (consumer, event_id)
    )`.execute(db)
  await sql`create index inbox_by_age on inbox (processed_at)`.execute(db)
  await sql`
    create table applied_versions (
      consumer text not null,
      aggregate text not null,
      scope text not null,
      seq bigint not null,
      primary key (consumer, aggregate, scope)
    )`.execute(db)
  await sql`
    create table dead_letters (
      id uuid primary key,
      consumer text not null,
      event_id uuid,
      stream text not null,
      stream_seq bigint not null,
      published_at timestamptz not null,
      subject text not null,
      headers jsonb not null,
      payload bytea not null,
      reason text not null,
      error text,
      deliveries integer not null,
      created_at timestamptz not null default now(),
      replay_requested_at timestamptz,
      replayed_at timestamptz,
      unique (consumer, stream, stream_seq, published_at)
    )`.execute(db)
  await sql`
    create index dead_letters_to_replay on dead_letters (consumer)
    where replay_requested_at is not null and replayed_at is null`.execute(db)
}

/** Creates what {@link IdempotencyTables} describes. */
export async function createIdempotencyTable<DB>(db: Kysely<DB>): Promise<void> {
  await sql`
    create table idempotency_keys (
      actor text not null,
      operation text not null,
      key text not null,
      body_hash bytea not null,
      answer jsonb,
      created_at timestamptz not null default now(),
      primary key (actor, operation, key)
    )`.execute(db)
  await sql`create index idempotency_keys_by_age on idempotency_keys (created_at)`.execute(db)
}

/** Creates what {@link KeyTables} describes. */
export async function createKeyTable<DB>(db: Kysely<DB>): Promise<void> {
  // clock_timestamp(), not now(): envelope.ts tells by it whether a key was there before its transaction began.
  await sql`
    create table data_keys (
      owner text primary key,
      wrapped bytea not null,
      kek_version integer not null,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db)
  await sql`create index data_keys_by_kek on data_keys (kek_version)`.execute(db)
  await sql`create table erasures (owner text primary key, erased_at timestamptz not null default now())`.execute(
    db,
  )
}
