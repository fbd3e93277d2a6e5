import type { Kysely } from 'kysely'
import { narrow } from '../db/narrow.ts'
import type { KeyTables } from '../db/tables.ts'
import type { Keyring } from './keyring.ts'

const batchSize = 500

/**
 * Wraps every data key that is under an older key-encryption key with the current one, in batches of 500;
 * touches no row of any other table and can be stopped and run again. Gives how many it rewrapped.
 */
export async function rewrapDataKeys<DB extends KeyTables>(
  db: Kysely<DB>,
  keyring: Keyring,
): Promise<number> {
  const tables = narrow<KeyTables, DB>(db)
  const current = await keyring.currentKek()
  let total = 0
  for (;;) {
    const count = await rewrapBatch(tables, keyring, current)
    total += count
    if (count === 0) return total
  }
}

/**
 * Destroys again the keys of owners that were erased before a backup was restored. `owners` comes from the
 * ledger as it was before the restore. Gives how many keys it destroyed.
 */
export async function replayErasures<DB extends KeyTables>(
  db: Kysely<DB>,
  owners: readonly string[] = [],
): Promise<number> {
  return narrow<KeyTables, DB>(db)
    .transaction()
    .execute(async (trx) => {
      if (owners.length > 0) {
        await trx
          .insertInto('erasures')
          .values(owners.map((owner) => ({ owner })))
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
      const { numDeletedRows } = await trx
        .deleteFrom('data_keys')
        .where('owner', 'in', trx.selectFrom('erasures').select('owner'))
        .executeTakeFirst()
      return Number(numDeletedRows)
    })
}

async function rewrapBatch(db: Kysely<KeyTables>, keyring: Keyring, current: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    // Locked, so that an erasure in the same moment is not undone, and two rotations share the work.
    const rows = await trx
      .selectFrom('data_keys')
      .select(['owner', 'wrapped', 'kek_version'])
      .where('kek_version', '<', current)
      .limit(batchSize)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const row of rows) {
      const key = await keyring.unwrap({ kekVersion: row.kek_version, wrapped: row.wrapped }, row.owner)
      const { wrapped, kekVersion } = await keyring.wrap(key, row.owner)
      await trx
        .updateTable('data_keys')
        .set({ wrapped, kek_version: kekVersion })
        .where('owner', '=', row.owner)
        .execute()
    }
    return rows.length
  })
}
