import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { EventContract, EventData } from '@accord/contracts/event/define'
import { memberBlocked, memberDeleted } from '@accord/contracts/event/identity'
import { type MatchId, type MemberId, newId } from '@accord/contracts/id'
import { type Databases, openDatabases } from '@accord/kit/db/database'
import { createTestDatabase } from '@accord/stack/harness'
import { blockAnswer } from '../block/answer.ts'
import { memberConsumer } from '../candidate/consumer.ts'
import { rebuildCandidates } from '../candidate/rebuild.ts'
import type { Database } from '../db.ts'
import { decide } from '../decision/decide.ts'
import type { Deps } from '../deps.ts'
import { factsOf, startMatch, type TestMatch } from '../fixture/match.sample.ts'
import { migrations } from '../service.ts'
import { listMatches } from './list.ts'
import { insertMatch } from './store.ts'
import { unmatch } from './unmatch.ts'

let match: TestMatch
/** A replica that lags: it holds only what a test puts there. */
let behind: Databases<Database>
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await createTestDatabase('match', migrations)
  drop = database.drop
  match = await startMatch()
  behind = openDatabases<Database>({ url: database.url, name: 'behind', log: match.base.log })
})
afterAll(async () => {
  await Promise.all([match.stop(), behind.close()])
  await drop()
})

/** The matches that each member finds who is told something, asking at the moment of the push. */
async function foundAtPush(act: (deps: Deps) => Promise<unknown>): Promise<Record<MemberId, MatchId[]>> {
  const asked: Promise<[MemberId, MatchId[]]>[] = []
  const deps: Deps = {
    ...match.base,
    db: { ...match.base.db, replica: behind.primary },
    publishLive: (memberId) => void asked.push(find(memberId)),
  }
  const find = async (memberId: MemberId): Promise<[MemberId, MatchId[]]> => {
    const { data } = await listMatches(deps, memberId, {})
    return [memberId, data.map(({ id }) => id)]
  }
  await act(deps)
  return Object.fromEntries(await Promise.all(asked))
}

interface Pair {
  ada: MemberId
  eva: MemberId
  id: MatchId
}

/** Two who match, which the replica has heard of. */
async function pair(): Promise<Pair> {
  const [ada = 'mem_', eva = 'mem_'] = await match.all({}, {})
  await match.decide(ada, eva, 'like')
  const { id } = (await match.decide(eva, ada, 'like')).body.match
  await behind.primary
    .transaction()
    .execute((trx) => insertMatch(trx, { id, memberIds: [ada, eva], createdAt: match.clock() }))
  return { ada, eva, id }
}

/** Applies an event as the consumer does, and what follows its commit. */
async function happened<E extends EventContract>(
  deps: Deps,
  event: E,
  aggregate: MemberId,
  data: EventData<E>,
): Promise<void> {
  const handler = memberConsumer(deps).handlers.get(event.type)
  if (handler?.kind !== 'transaction') throw new Error(`no handler for ${event.type}`)
  const envelope = {
    id: newId('evt'),
    type: event.type,
    version: event.version,
    aggregate,
    aggregateSeq: 9,
    occurredAt: match.clock().toISOString(),
    actor: null,
    traceparent: null,
    data,
  }
  const after = await deps.db.primary.transaction().execute((trx) => handler.handle(trx as never, envelope))
  await after?.()
}

test('whoever is told of a match finds it, also where a replica lags', async () => {
  const [ada = 'mem_', eva = 'mem_'] = await match.all({}, {})
  await match.decide(ada, eva, 'like')
  const found = await foundAtPush((deps) => decide(deps, eva, { memberId: ada, decision: 'like' }))
  const [made] = (await match.ask(ada, 'GET', '')).body.data
  expect(found).toEqual({ [ada]: [made.id], [eva]: [made.id] })
})

const endings: Record<string, (deps: Deps, pair: Pair) => Promise<unknown>> = {
  'was taken back': (deps, { ada, id }) => unmatch(deps, ada, id),
  'a block ended': (deps, { ada, eva }) => blockAnswer(deps).run({ blockerId: eva, blockedId: ada }),
  'the event of a block ended': (deps, { ada, eva }) =>
    happened(deps, memberBlocked, eva, { blockerId: eva, blockedId: ada }),
  'ended because one left': (deps, { ada }) => happened(deps, memberDeleted, ada, {}),
  'a rebuild ended': (deps, { ada, eva }) => {
    match.members.push({ memberId: eva, version: 9, facts: factsOf({}), blocked: [ada] })
    return rebuildCandidates(deps)
  },
}
test.each(Object.entries(endings))(
  'nobody who is told of it finds a match that %s, also where a replica lags',
  async (_, end) => {
    const { ada, eva, id } = await pair()
    expect((await listMatches({ ...match.base, db: behind }, ada, {})).data).toMatchObject([{ id }])
    const found = await foundAtPush((deps) => end(deps, { ada, eva, id }))
    expect(found).toEqual({ [ada]: [], [eva]: [] })
  },
)
