import type { Kysely, Transaction } from 'kysely'
import { narrow, narrowTransaction } from '../db/narrow.ts'
import type { KeyTables } from '../db/tables.ts'
import { AppError } from '../error.ts'
import { open, seal } from './aes-gcm.ts'
import { createDataKeys, eraseKey } from './data-key.ts'
import type { Keyring } from './keyring.ts'

/** Where a sealed value lives; opening it anywhere else fails. No part may contain `|`. */
export interface CipherBinding {
  /** Member or conversation id: whose data key it is. */
  owner: string
  table: string
  column: string
  /** Primary key of the row. */
  row: string
}

/** Seals columns under a data key of their owner. */
export interface Envelope {
  /** Throws AppError `not_found` once the owner has been erased. Pass the transaction that writes the row. */
  encrypt<DB extends KeyTables>(
    db: Kysely<DB>,
    binding: CipherBinding,
    plain: string | Uint8Array,
  ): Promise<Buffer>
  /** The text. Throws AppError `not_found` when the owner's key is gone, Error when it was tampered with. */
  decrypt<DB extends KeyTables>(db: Kysely<DB>, binding: CipherBinding, sealed: Uint8Array): Promise<string>
  /** As decrypt, for bytes. */
  decryptBytes<DB extends KeyTables>(
    db: Kysely<DB>,
    binding: CipherBinding,
    sealed: Uint8Array,
  ): Promise<Buffer>
  /** Many at once, one query for their keys; null where the owner was erased or nothing was stored. */
  decryptMany<DB extends KeyTables>(
    db: Kysely<DB>,
    items: readonly { binding: CipherBinding; sealed: Uint8Array | null }[],
  ): Promise<(string | null)[]>
  /**
   * Destroys the owner's key and writes the ledger: whatever it sealed can never be read again, here or in
   * a backup of the rows. Other processes may hold the key in memory for five minutes more.
   */
  eraseOwner<DB extends KeyTables>(trx: Transaction<DB>, owner: string): Promise<void>
}

export function createEnvelope(keyring: Keyring): Envelope {
  const keys = createDataKeys(keyring)

  async function decryptBytes<DB extends KeyTables>(
    db: Kysely<DB>,
    binding: CipherBinding,
    sealed: Uint8Array,
  ): Promise<Buffer> {
    const { owner } = binding
    const key = (await keys.forReading(narrow<KeyTables, DB>(db), [owner])).get(owner)
    if (!key) throw new AppError('not_found', { detail: 'The owner of these data was erased.' })
    return open(key, additionalData(binding), sealed)
  }

  return {
    decryptBytes,
    async encrypt(db, binding, plain) {
      const key = await keys.forWriting(narrow(db), binding.owner)
      return seal(key, additionalData(binding), typeof plain === 'string' ? Buffer.from(plain) : plain)
    },
    async decrypt(db, binding, sealed) {
      return (await decryptBytes(db, binding, sealed)).toString()
    },
    async decryptMany(db, items) {
      const owners = items.filter((item) => item.sealed !== null).map((item) => item.binding.owner)
      const found = await keys.forReading(narrow(db), owners)
      return items.map(({ binding, sealed }) => {
        const key = found.get(binding.owner)
        return key && sealed ? open(key, additionalData(binding), sealed).toString() : null
      })
    },
    async eraseOwner(trx, owner) {
      await eraseKey(narrowTransaction(trx), owner)
      keys.forget(owner)
    },
  }
}

function additionalData({ owner, table, column, row }: CipherBinding): string {
  const parts = [owner, table, column, row]
  if (parts.some((part) => part.includes('|'))) throw new Error('a cipher binding contains |')
  return parts.join('|')
}
