import { AppError } from '@accord/kit/error'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db.ts'
import type { Deps } from '../deps.ts'
import { type MediaStore, sharedPrefix } from './media-store.ts'

/** An upload that takes longer than this has failed; what it had put is removed. */
const graceMs = 60 * 60_000
const sweepSize = 100

/**
 * Notes names before their objects are put. Whatever happens then, no object stays for ever that no photo
 * names: the photo's transaction takes the note back, or the sweep finds it.
 */
export async function expectMedia(db: Kysely<Database>, names: readonly string[], now: Date): Promise<void> {
  const due_at = new Date(now.getTime() + graceMs)
  await db
    .insertInto('media_leftovers')
    .values(names.map((name) => ({ name, due_at })))
    .execute()
}

/** The objects belong to a photo now. Throws AppError `unavailable` when an upload took so long that they are gone. */
export async function keepMedia(trx: Transaction<Database>, names: readonly string[]): Promise<void> {
  const kept = await trx.deleteFrom('media_leftovers').where('name', 'in', names).executeTakeFirst()
  if (Number(kept.numDeletedRows) !== names.length) throw new AppError('unavailable')
}

/** The objects belong to no photo any more: due at once. */
export async function abandonMedia(
  trx: Transaction<Database>,
  names: readonly string[],
  now: Date,
): Promise<void> {
  const own = names.filter((name) => !name.startsWith(sharedPrefix))
  if (own.length === 0) return
  await trx
    .insertInto('media_leftovers')
    .values(own.map((name) => ({ name, due_at: now })))
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ due_at: now }))
    .execute()
}

export interface SweepDeps extends Pick<Deps, 'db' | 'clock' | 'log'> {
  media: MediaStore
}

/**
 * Removes objects that are due, in portions; answers how many. Several instances may sweep at once. Never throws:
 * whatever could not be removed is due at the next sweep again.
 */
export async function sweepMedia(deps: SweepDeps): Promise<number> {
  try {
    return await deps.db.primary.transaction().execute((trx) => removeDue(trx, deps))
  } catch (error) {
    deps.log.warn('media could not be swept', { error: String(error) })
    return 0
  }
}

async function removeDue(trx: Transaction<Database>, deps: SweepDeps): Promise<number> {
  const due = await trx
    .selectFrom('media_leftovers')
    .where('due_at', '<=', deps.clock())
    .select('name')
    .orderBy('due_at')
    .limit(sweepSize)
    .forUpdate()
    .skipLocked()
    .execute()
  const removed: string[] = []
  for (const { name } of due) {
    try {
      await deps.media.removeMedia(name)
      removed.push(name)
    } catch (error) {
      // The bucket does not answer; it would not for the others either.
      deps.log.warn('media could not be removed', { left: due.length - removed.length, error: String(error) })
      break
    }
  }
  if (removed.length > 0) await trx.deleteFrom('media_leftovers').where('name', 'in', removed).execute()
  return removed.length
}
