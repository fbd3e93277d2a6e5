import type { Kysely, Transaction } from 'kysely'

/**
 * Looks at a service's database as kit's own tables only. The callers' generics (`DB extends …Tables`) prove
 * that they are there; Kysely's types are invariant and cannot say it. These are the only casts.
 */
export function narrow<Tables, DB extends Tables>(db: Kysely<DB>): Kysely<Tables> {
  return db as unknown as Kysely<Tables>
}

/** As {@link narrow}, for a transaction. */
export function narrowTransaction<Tables, DB extends Tables>(trx: Transaction<DB>): Transaction<Tables> {
  return trx as unknown as Transaction<Tables>
}
