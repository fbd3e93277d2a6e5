import { type Kysely, sql, type Transaction } from 'kysely'
import type { Clock } from '../clock.ts'
import { narrowTransaction } from '../db/narrow.ts'
import type { IdempotencyTables } from '../db/tables.ts'
import { isRefused, type Refused, refused } from '../error.ts'

export interface OnceRequest {
  /** Who asks: a member id, or the name of the other company of a webhook. */
  actor: string
  /** operationId. */
  operation: string
  /** The `Idempotency-Key` header; null runs without remembering. */
  key: string | null
  /** SHA-256 of the body, see {@link hashOf}. */
  bodyHash: Uint8Array
  clock: Clock
}

export type OnceRefusal = 'idempotency_key_reused' | 'request_in_flight'

/** How long an answer is replayed. */
const keptMs = 24 * 60 * 60_000

/**
 * Runs a use case once for a key and replays its first answer for 24 h. The row is written in the use
 * case's transaction (the given one, or one opened here), so neither can be there without the other.
 * Refused: `idempotency_key_reused` for another body, `request_in_flight` while the first still runs.
 * Answers must be JSON and are stored readable: ids and states, no texts. Refusals are not stored.
 */
export async function once<DB extends IdempotencyTables, T>(
  db: Kysely<DB>,
  request: OnceRequest,
  run: (trx: Transaction<DB>) => Promise<T>,
): Promise<T | Refused<OnceRefusal>> {
  if (!db.isTransaction) return db.transaction().execute((trx) => once(trx, request, run))
  const trx = db as Transaction<DB>
  if (request.key === null) return run(trx)
  const { actor, operation, key } = request
  const tables = narrowTransaction<IdempotencyTables, DB>(trx)
  if (!(await lock(tables, `${actor}|${operation}|${key}`))) return refused('request_in_flight')
  const earlier = await find(tables, request, key)
  if (earlier) {
    if (!earlier.body_hash.equals(request.bodyHash)) return refused('idempotency_key_reused')
    return earlier.answer as T
  }
  const answer = await run(trx)
  if (isRefused(answer)) return answer
  await store(tables, request, key, answer)
  return answer
}

/** SHA-256 of a request's body, or of any JSON value in its place. */
export function hashOf(body: Uint8Array | object): Uint8Array {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body))
  return new Bun.CryptoHasher('sha256').update(bytes).digest()
}

/** Held until the transaction ends; false when another transaction holds it. */
async function lock(trx: Transaction<IdempotencyTables>, name: string): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 1)) as locked`.execute(trx)
  return rows[0]?.locked === true
}

async function find(trx: Transaction<IdempotencyTables>, request: OnceRequest, key: string) {
  return trx
    .selectFrom('idempotency_keys')
    .select(['body_hash', 'answer'])
    .where('actor', '=', request.actor)
    .where('operation', '=', request.operation)
    .where('key', '=', key)
    .where('created_at', '>', new Date(request.clock().getTime() - keptMs))
    .executeTakeFirst()
}

async function store(
  trx: Transaction<IdempotencyTables>,
  request: OnceRequest,
  key: string,
  answer: unknown,
): Promise<void> {
  const fresh = {
    body_hash: Buffer.from(request.bodyHash),
    answer: sql`${JSON.stringify(answer ?? null)}::jsonb`,
    created_at: request.clock(),
  }
  await trx
    .insertInto('idempotency_keys')
    .values({ actor: request.actor, operation: request.operation, key, ...fresh })
    // Only a row past its 24 h can be in the way: find() did not see it.
    .onConflict((conflict) => conflict.columns(['actor', 'operation', 'key']).doUpdateSet(fresh))
    .execute()
}
