import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Clock } from '../clock.ts'
import type { InboxTables } from '../db/tables.ts'
import type { Logger } from '../log.ts'
import { type Applied, applyWithin } from './apply.ts'
import type { ConsumerDefinition } from './define.ts'
import { describe, kindOf } from './failure.ts'
import { parseEvent } from './parse.ts'

const pollMs = 2_000
const batchSize = 50

type Letter = Selectable<InboxTables['dead_letters']>

/**
 * Applies the dead letters of a consumer whose replay was requested, oldest first, each once: its inbox row,
 * its effect and its mark commit together. One that fails again keeps its new error and must be requested anew.
 */
export function startReplays(options: {
  db: Kysely<InboxTables>
  definition: ConsumerDefinition
  log: Logger
  clock: Clock
}): { stop(): Promise<void> } {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = Promise.resolve()

  const look = async () => {
    try {
      await replayRequested(options)
    } catch (error) {
      options.log.warn('replay of dead letters has to wait', { error: describe(error) })
    }
    if (!stopped) timer = setTimeout(start, pollMs)
  }
  const start = () => {
    running = look()
  }
  start()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** One round: see {@link startReplays}. */
export async function replayRequested(options: {
  db: Kysely<InboxTables>
  definition: ConsumerDefinition
  log: Logger
  clock: Clock
}): Promise<void> {
  const requested = await options.db
    .selectFrom('dead_letters')
    .select(['id', 'event_id'])
    .where('consumer', '=', options.definition.contract.name)
    .where('replay_requested_at', 'is not', null)
    .where('replayed_at', 'is', null)
    .orderBy('stream_seq')
    .limit(batchSize)
    .execute()
  for (const { id } of requested) await replayOne(options, id)
}

async function replayOne(
  options: { db: Kysely<InboxTables>; definition: ConsumerDefinition; log: Logger; clock: Clock },
  id: string,
): Promise<void> {
  const { db, definition, log, clock } = options
  try {
    const applied = await db.transaction().execute(async (trx) => {
      const letter = await lockLetter(trx, id)
      if (!letter) return null
      const result = await handle(trx, definition, letter)
      await trx.updateTable('dead_letters').set({ replayed_at: clock() }).where('id', '=', id).execute()
      return result
    })
    if (!applied) return
    log.info('dead letter replayed', { deadLetter: id, outcome: applied.outcome })
    await applied.after?.()
  } catch (error) {
    if (kindOf(error) !== 'failure') throw error
    log.warn('dead letter failed again', { deadLetter: id, error: describe(error) })
    await db
      .updateTable('dead_letters')
      .set((row) => ({
        error: describe(error),
        deliveries: row('deliveries', '+', 1),
        replay_requested_at: null,
      }))
      .where('id', '=', id)
      .execute()
  }
}

/** Null when another instance is at it, or was. */
async function lockLetter(trx: Transaction<InboxTables>, id: string): Promise<Letter | undefined> {
  return trx
    .selectFrom('dead_letters')
    .selectAll()
    .where('id', '=', id)
    .where('replayed_at', 'is', null)
    .where('replay_requested_at', 'is not', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

async function handle(
  trx: Transaction<InboxTables>,
  definition: ConsumerDefinition,
  letter: Letter,
): Promise<Applied> {
  const parsed = parseEvent(definition, letter.payload)
  if (!parsed.ok) throw new Error(parsed.problem)
  if (parsed.handler.kind === 'external') await parsed.handler.run(parsed.event)
  return applyWithin(trx, definition.contract.name, parsed.handler, parsed.event)
}
