import { randomBytes } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { KeyTables } from '../db/tables.ts'
import { AppError } from '../error.ts'
import type { Keyring } from './keyring.ts'

/** How many unwrapped keys a process keeps, and for how long: an erased key may still be in memory till then. */
const cacheLimits = { max: 10_000, ttl: 5 * 60_000 }

/** Finds, makes and forgets the data keys of owners. */
export interface DataKeys {
  /** The owner's key, made on first use. Throws `not_found` once the owner has been erased. */
  forWriting(db: Kysely<KeyTables>, owner: string): Promise<Uint8Array>
  /** The keys that exist; owners without one are left out. One query for all that are not in memory. */
  forReading(db: Kysely<KeyTables>, owners: readonly string[]): Promise<Map<string, Uint8Array>>
  forget(owner: string): void
}

interface KeyRow {
  owner: string
  wrapped: Buffer
  kek_version: number
  settled: boolean
}

export function createDataKeys(keyring: Keyring): DataKeys {
  const known = new LRUCache<string, Uint8Array>(cacheLimits)
  // Keeps a read that began before an erasure from putting the key back.
  const erased = new LRUCache<string, true>(cacheLimits)

  async function unwrap(row: KeyRow): Promise<Uint8Array> {
    const key = await keyring.unwrap({ kekVersion: row.kek_version, wrapped: row.wrapped }, row.owner)
    if (row.settled && !erased.has(row.owner)) known.set(row.owner, key)
    return key
  }

  async function forReading(db: Kysely<KeyTables>, owners: readonly string[]) {
    const found = new Map<string, Uint8Array>()
    const missing = new Set<string>()
    for (const owner of owners) {
      const key = known.get(owner)
      if (key) found.set(owner, key)
      else missing.add(owner)
    }
    if (missing.size > 0) {
      for (const row of await selectKeys(db, [...missing])) found.set(row.owner, await unwrap(row))
    }
    return found
  }

  return {
    forReading,
    async forWriting(db, owner) {
      const key = (await forReading(db, [owner])).get(owner)
      if (key) return key
      await insertKey(db, keyring, owner)
      // Not the key just made: another transaction may have been first.
      const [row] = await selectKeys(db, [owner])
      if (!row) throw new AppError('not_found', { detail: 'The owner of these data was erased.' })
      return unwrap(row)
    },
    forget(owner) {
      erased.set(owner, true)
      known.delete(owner)
    },
  }
}

/**
 * `settled` is true for a key that was there before the present transaction began. Only such a key may be
 * cached: one made in this transaction is gone when it rolls back, and what it sealed later could never be
 * opened. (Comparing xmin would miss savepoints.)
 */
async function selectKeys(db: Kysely<KeyTables>, owners: string[]): Promise<KeyRow[]> {
  return db
    .selectFrom('data_keys')
    .select(['owner', 'wrapped', 'kek_version', sql<boolean>`created_at < now()`.as('settled')])
    .where('owner', 'in', owners)
    .execute()
}

/** Makes the owner's key unless there is one, or the owner was erased. */
async function insertKey(db: Kysely<KeyTables>, keyring: Keyring, owner: string): Promise<void> {
  if (!db.isTransaction) return db.transaction().execute((trx) => insertKey(trx, keyring, owner))
  const { wrapped, kekVersion } = await keyring.wrap(randomBytes(32), owner)
  // Against an erasure in the same moment: either it waits and deletes this key, or this waits and sees the ledger.
  await sql`select pg_advisory_xact_lock_shared(${lockOf(owner)})`.execute(db)
  await sql`
    insert into data_keys (owner, wrapped, kek_version)
    select ${owner}, ${wrapped}, ${kekVersion}
    where not exists (select from erasures where owner = ${owner})
    on conflict (owner) do nothing`.execute(db)
}

/** Destroys the owner's key for good. */
export async function eraseKey(trx: Transaction<KeyTables>, owner: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockOf(owner)})`.execute(trx)
  await trx
    .insertInto('erasures')
    .values({ owner })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await trx.deleteFrom('data_keys').where('owner', '=', owner).execute()
}

const lockOf = (owner: string) => sql`hashtextextended(${owner}, 2)`
