import { expect, test } from 'bun:test'
import { consumers } from '@accord/contracts/consumer'
import { memberDeleted } from '@accord/contracts/event/identity'
import { matchCreated, matchEnded } from '@accord/contracts/event/match'
import { kvBuckets } from '@accord/contracts/stream'
import type { Generated, Kysely, Transaction } from 'kysely'
import type { Clock } from '../clock.ts'
import { defineConsumer, on, onExternal } from '../consume/define.ts'
import type { Envelope } from '../crypto/envelope.ts'
import { hashOf, once } from '../idempotency/once.ts'
import { enqueue, enqueueKv } from '../outbox/enqueue.ts'
import type { KitTables } from './tables.ts'

/** A service's tables as services write them. */
interface Database extends KitTables {
  conversations: { id: string; open: Generated<boolean> }
}

/** Compiles only as long as services need no cast. Never called. */
export async function useCase(db: Kysely<Database>, envelope: Envelope, clock: Clock) {
  const answer = await once(
    db,
    { actor: 'mem_1', operation: 'send', key: null, bodyHash: hashOf({}), clock },
    async (trx) => {
      await trx.insertInto('conversations').values({ id: 'con_1' }).execute()
      await enqueueKv(trx, kvBuckets.revokedSessions, 'session.ses_1', { notBefore: 1 })
      const sealed = await envelope.encrypt(trx, { owner: 'o', table: 't', column: 'c', row: 'r' }, 'text')
      await envelope.decrypt(db, { owner: 'o', table: 't', column: 'c', row: 'r' }, sealed)
      await envelope.eraseOwner(trx, 'mem_1')
      const { aggregateSeq } = await enqueue(trx, matchCreated, {
        aggregateId: 'mat_1',
        data: { memberIds: ['mem_1', 'mem_2'] },
        clock,
      })
      // @ts-expect-error the data of another event
      await enqueue(trx, matchCreated, { aggregateId: 'mat_1', data: { reason: 'blocked' }, clock })
      return { aggregateSeq }
    },
  )
  return answer
}

/** A use case of its own transaction type. Never called. */
export async function within(trx: Transaction<Database>, clock: Clock): Promise<number> {
  const data = { memberIds: ['mem_1', 'mem_2'] as [`mem_${string}`, `mem_${string}`] }
  return (await enqueue(trx, matchCreated, { aggregateId: 'mat_1', data, actor: null, clock })).aggregateSeq
}

test('handlers see the service’s tables and the event’s data', () => {
  const definition = defineConsumer<Database>(consumers['chat-matches'], [
    on(
      matchCreated,
      async (trx, event) => {
        const [first] = event.data.memberIds
        await trx.insertInto('conversations').values({ id: first }).execute()
        return () => {}
      },
      { latestOnly: () => 'match' },
    ),
    on(matchEnded, async (trx, event) => {
      // @ts-expect-error no such field
      void event.data.nothing
      await trx.deleteFrom('conversations').where('id', '=', event.aggregate).execute()
    }),
  ])
  expect([...definition.handlers.keys()]).toEqual([matchCreated.type, matchEnded.type])
})

test('a definition with an event too many, twice, or too few is refused by name', () => {
  const matches = consumers['notify-match']
  const handler = onExternal(matchCreated, async () => {})
  expect(() => defineConsumer<Database>(matches, [])).toThrow(/no handler for match.match.created/)
  expect(() => defineConsumer<Database>(matches, [handler, handler])).toThrow(/two handlers/)
  expect(() => defineConsumer<Database>(matches, [onExternal(memberDeleted, async () => {})])).toThrow(
    /does not receive identity.member.deleted/,
  )
})
