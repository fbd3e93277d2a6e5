import type { Kysely, Selectable, Updateable } from 'kysely'
import type { Clock } from '../clock.ts'
import type { InboxTables } from '../db/tables.ts'
import type { Logger } from '../log.ts'
import { applyWithin, isRecorded, type Outcome } from './apply.ts'
import type { ConsumerDefinition } from './define.ts'
import { runAfter, withinContext } from './deliver.ts'
import { describe, kindOf } from './failure.ts'
import { parseEvent } from './parse.ts'

const pollMs = 2_000
const batchSize = 50

type Letter = Selectable<InboxTables['dead_letters']>

/**
 * Applies the dead letters of a consumer whose replay was requested, oldest first, each once: its inbox row,
 * its effect and its mark commit together. One that fails again, or ends the process, must be requested anew;
 * while a dependency is away the requests stay.
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
      await replayRequested(options, () => stopped)
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

/** One round: see {@link startReplays}. Begins no other letter once `stopped` says so. */
export async function replayRequested(
  options: { db: Kysely<InboxTables>; definition: ConsumerDefinition; log: Logger; clock: Clock },
  stopped: () => boolean = () => false,
): Promise<void> {
  const requested = await options.db
    .selectFrom('dead_letters')
    .select('id')
    .where('consumer', '=', options.definition.contract.name)
    .where('replay_requested_at', 'is not', null)
    .where('replayed_at', 'is', null)
    .orderBy('stream_seq')
    .limit(batchSize)
    .execute()
  for (const { id } of requested) {
    if (stopped()) return
    await replayOne(options, id)
  }
}

async function replayOne(
  options: { db: Kysely<InboxTables>; definition: ConsumerDefinition; log: Logger; clock: Clock },
  id: string,
): Promise<void> {
  const { db, definition } = options
  const log = options.log.child({ consumer: definition.contract.name, deadLetter: id })
  const letter = await take(db, id)
  if (!letter) return
  try {
    const outcome = await apply(options, letter, log)
    log.info('dead letter replayed', { outcome })
  } catch (error) {
    if (kindOf(error) !== 'failure') {
      const { error: before, deliveries, replay_requested_at } = letter
      await update(db, id, { error: before, deliveries, replay_requested_at })
      throw error
    }
    log.warn('dead letter failed again', { error: describe(error) })
    await update(db, id, { error: describe(error) })
  }
}

/**
 * Takes the request away and counts, before anything is handled: a letter that kills the process would kill
 * it again at every start. Undefined when another instance is at it, or was. Gives it as it was before.
 */
async function take(db: Kysely<InboxTables>, id: string): Promise<Letter | undefined> {
  return db.transaction().execute(async (trx) => {
    const letter = await trx
      .selectFrom('dead_letters')
      .selectAll()
      .where('id', '=', id)
      .where('replayed_at', 'is', null)
      .where('replay_requested_at', 'is not', null)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!letter) return undefined
    await update(trx, id, {
      error: 'the process ended while it was replayed',
      deliveries: letter.deliveries + 1,
      replay_requested_at: null,
    })
    return letter
  })
}

async function apply(
  { db, definition, clock }: { db: Kysely<InboxTables>; definition: ConsumerDefinition; clock: Clock },
  letter: Letter,
  log: Logger,
): Promise<Outcome> {
  const consumer = definition.contract.name
  const parsed = parseEvent(definition, letter.payload)
  if (!parsed.ok) throw new Error(parsed.problem)
  const { event, handler } = parsed
  return withinContext(consumer, event, async () => {
    // Outside of the transaction: the other side may take longer than a transaction may be idle.
    if (handler.kind === 'external' && !(await isRecorded(db, consumer, event.id))) await handler.run(event)
    const applied = await db.transaction().execute(async (trx) => {
      const result = await applyWithin(trx, consumer, handler, event)
      const { error, replay_requested_at } = letter
      await update(trx, letter.id, { error, replay_requested_at, replayed_at: clock() })
      return result
    })
    await runAfter(applied, log)
    return applied.outcome
  })
}

async function update(
  db: Kysely<InboxTables>,
  id: string,
  values: Updateable<InboxTables['dead_letters']>,
): Promise<void> {
  await db.updateTable('dead_letters').set(values).where('id', '=', id).execute()
}
