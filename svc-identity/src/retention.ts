import { fromUuid } from '@accord/contracts/id'
import { type Kysely, sql } from 'kysely'
import { removePending } from './account/store.ts'
import type { Database } from './db.ts'
import type { Deps } from './deps.ts'
import { lifetime } from './session/lifetime.ts'

const day = 24 * 60 * 60_000
const batch = 1_000
/** Batches of one table in one run: a backlog is worked off over several. */
const mostBatches = 20

/** How long what is over is kept, in milliseconds. */
const kept = {
  /** A registration that nobody confirms; its links died long before. */
  pendingMs: 7 * day,
  /** For the question what happened to a session. */
  endedSessionMs: 30 * day,
} as const

/** Deletes what has expired, a batch at a time. Safe to run on several instances. Gives how many rows went. */
export async function removeExpired(deps: Pick<Deps, 'db' | 'clock' | 'envelope'>): Promise<number> {
  const db = deps.db.primary
  const now = deps.clock()
  const before = (ms: number) => new Date(now.getTime() - ms)
  let removed = 0
  removed += await inBatches(db, 'login_challenges', sql`expires_at <= ${now}`)
  removed += await inBatches(db, 'mail_requests', sql`expires_at <= ${now}`)
  removed += await inBatches(db, 'link_tokens', sql`expires_at <= ${now}`)
  removed += await inBatches(db, 'refresh_tokens', sql`expires_at <= ${now}`)
  const over = before(kept.endedSessionMs)
  removed += await inBatches(db, 'sessions', sql`expires_at <= ${over} or ended_at <= ${over}`)
  // Twice the time: no answer goes while an instance whose clock is a little behind would still repeat it.
  await clearAnswers(db, before(2 * lifetime.repeatMs))
  return removed + (await removeUnconfirmed(deps, before(kept.pendingMs)))
}

type Expiring = 'login_challenges' | 'mail_requests' | 'link_tokens' | 'refresh_tokens' | 'sessions'

async function inBatches(db: Kysely<Database>, table: Expiring, isOver: ReturnType<typeof sql>) {
  let removed = 0
  for (let i = 0; i < mostBatches; i++) {
    // skip locked: a row that somebody is just using, or another instance deletes, waits for the next run.
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where ctid in (
        select ctid from ${sql.table(table)} where ${isOver} limit ${batch} for update skip locked
      )`.execute(db)
    const count = Number(numAffectedRows ?? 0n)
    removed += count
    if (count < batch) break
  }
  return removed
}

/** Answers of refreshes hold tokens, sealed; past their moment nobody may get them again. */
async function clearAnswers(db: Kysely<Database>, usedBefore: Date): Promise<void> {
  await sql`
    update refresh_tokens set answer_sealed = null where ctid in (
      select ctid from refresh_tokens
      where answer_sealed is not null and used_at <= ${usedBefore} limit ${batch} for update skip locked
    )`.execute(db)
}

async function removeUnconfirmed(
  deps: Pick<Deps, 'db' | 'envelope'>,
  registeredBefore: Date,
): Promise<number> {
  const rows = await deps.db.primary
    .selectFrom('accounts')
    .select('id')
    .where('status', '=', 'pending')
    .where('created_at', '<=', registeredBefore)
    .orderBy('created_at')
    .limit(batch)
    .execute()
  for (const { id } of rows) {
    await deps.db.primary
      .transaction()
      .execute((trx) => removePending(trx, deps.envelope, fromUuid('mem', id)))
  }
  return rows.length
}
