import type { Selectable, Transaction } from 'kysely'
import { sql } from 'kysely'
import type { Database } from '../db.ts'
import type { SigningKeyState, SigningKeysTable } from './tables.ts'

export type SigningKey = Selectable<SigningKeysTable>

/** Instances rotate one after another: the lock is held until the transaction ends. */
export async function lockSigningKeys(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('identity.signing-keys', 0))`.execute(trx)
}

/** All keys, oldest first. Retired ones are removed in time, so there are few. */
export function listSigningKeys(db: Transaction<Database>): Promise<SigningKey[]> {
  return db.selectFrom('signing_keys').selectAll().orderBy('created_at').orderBy('kid').execute()
}

export async function insertSigningKey(
  trx: Transaction<Database>,
  key: Omit<SigningKey, 'since'>,
): Promise<SigningKey> {
  const row = { ...key, since: key.created_at }
  await trx
    .insertInto('signing_keys')
    .values({ ...row, public_jwk: JSON.stringify(row.public_jwk) })
    .execute()
  return row
}

export async function moveSigningKey(
  trx: Transaction<Database>,
  kid: string,
  state: SigningKeyState,
  now: Date,
): Promise<void> {
  await trx.updateTable('signing_keys').set({ state, since: now }).where('kid', '=', kid).execute()
}

export async function deleteSigningKey(trx: Transaction<Database>, kid: string): Promise<void> {
  await trx.deleteFrom('signing_keys').where('kid', '=', kid).execute()
}
