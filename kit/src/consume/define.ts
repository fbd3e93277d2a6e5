import type { ConsumerContract } from '@accord/contracts/consumer'
import type { EventContract, EventData, EventEnvelope } from '@accord/contracts/event/define'
import type { Transaction } from 'kysely'

/** Runs after the commit, best effort: a push to sockets, a cache entry to drop. A promise is awaited. */
export type AfterCommit = () => unknown

export interface OnOptions<E extends EventContract> {
  /**
   * Skip an event that is older than one already applied (by aggregateSeq). `true`: among events of this
   * type and aggregate. A function names the scope within the aggregate, so that several types can share
   * one (`() => 'match'`), or one type can have several (`(event) => event.data.blockedId`).
   * Needed wherever order matters: kit keeps order within a process, redelivery to another may break it.
   */
  latestOnly?: boolean | ((event: EventEnvelope<EventData<E>>) => string)
}

/** Made by {@link on}. */
export interface TransactionHandler<DB> {
  readonly event: EventContract
  readonly kind: 'transaction'
  readonly scopeOf: ((event: EventEnvelope<unknown>) => string) | null
  readonly handle: (trx: Transaction<DB>, event: EventEnvelope<unknown>) => Promise<AfterCommit | undefined>
}

/** Made by {@link onExternal}. */
export interface ExternalHandler {
  readonly event: EventContract
  readonly kind: 'external'
  readonly run: (event: EventEnvelope<unknown>) => Promise<void>
}

/** What a consumer does with one type of event. */
export type EventHandler<DB = unknown> = TransactionHandler<DB> | ExternalHandler

/** A consumer and its handlers. `DB` is the database its handlers write; it is not looked at when started. */
export interface ConsumerDefinition<DB = unknown> {
  readonly contract: ConsumerContract
  readonly handlers: ReadonlyMap<string, EventHandler>
  /** Never set: carries the type. */
  readonly database?: DB
}

/**
 * Applies an event in the transaction of its inbox row: both commit, or none. Runs once for each event,
 * however often it is delivered. May return a function to run after the commit.
 */
export function on<DB, E extends EventContract>(
  event: E,
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that returns nothing is the common case
  handle: (trx: Transaction<DB>, event: EventEnvelope<EventData<E>>) => Promise<AfterCommit | void>,
  options: OnOptions<E> = {},
): TransactionHandler<DB> {
  const { latestOnly } = options
  return {
    event,
    kind: 'transaction',
    scopeOf:
      latestOnly === true
        ? () => event.type
        : typeof latestOnly === 'function'
          ? (envelope) => latestOnly(envelope as EventEnvelope<EventData<E>>)
          : null,
    handle: async (trx, envelope) =>
      (await handle(trx, envelope as EventEnvelope<EventData<E>>)) ?? undefined,
  }
}

/**
 * For an effect outside the database (a mail): runs before the inbox row is written, at least once, twice
 * only when the process dies in between. Give the other side a key of its own to recognise a repetition.
 */
export function onExternal<E extends EventContract>(
  event: E,
  run: (event: EventEnvelope<EventData<E>>) => Promise<void>,
): ExternalHandler {
  return {
    event,
    kind: 'external',
    run: (envelope) => run(envelope as EventEnvelope<EventData<E>>),
  }
}

/**
 * Joins a consumer of contracts with its handlers. Throws, naming the event, when an event of the contract
 * has no handler or a handler's event is not in the contract.
 */
export function defineConsumer<DB>(
  contract: ConsumerContract,
  handlers: readonly EventHandler<DB>[],
): ConsumerDefinition<DB> {
  const byType = new Map<string, EventHandler>()
  for (const handler of handlers) {
    const type = handler.event.type
    if (!contract.events.includes(handler.event)) throw new Error(`${contract.name} does not receive ${type}`)
    if (byType.has(type)) throw new Error(`${contract.name} has two handlers for ${type}`)
    byType.set(type, handler as unknown as EventHandler)
  }
  for (const { type } of contract.events) {
    if (!byType.has(type)) throw new Error(`${contract.name} has no handler for ${type}`)
  }
  return { contract, handlers: byType }
}
