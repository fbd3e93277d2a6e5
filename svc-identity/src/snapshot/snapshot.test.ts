import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventSubject } from '@accord/contracts/event/define'
import { memberRegistered } from '@accord/contracts/event/identity'
import { type MemberId, toUuid } from '@accord/contracts/id'
import { jetstream } from '@nats-io/jetstream'
import { type Members, startMembers } from '../fixture/members.sample.ts'
import { readLastSequence } from './answer.ts'
import { takeSnapshot } from './snapshot.ts'

let identity: Members
beforeAll(async () => {
  identity = await startMembers()
})
afterAll(() => identity.stop())

const lastStreamSequence = () => readLastSequence(identity.deps.nats)
const take = (after: MemberId | null, limit: number) =>
  takeSnapshot({ db: identity.deps.db, lastStreamSequence }, { after, limit })

test('a snapshot names every confirmed member once, in pages, with facts, blocks and version', async () => {
  const members: MemberId[] = []
  for (let count = 0; count < 5; count++) members.push(await identity.visibleMember())
  await identity.member({ confirmed: false })
  const [ada, bob] = members as [MemberId, MemberId]
  await identity.ask(ada, 'POST', `/users/${bob}/block`)

  const seen: Awaited<ReturnType<typeof take>>['members'] = []
  let after: MemberId | null = null
  do {
    const page: Awaited<ReturnType<typeof take>> = await take(after, 2)
    seen.push(...page.members)
    after = page.next
  } while (after)

  expect(seen.map(({ memberId }) => memberId)).toEqual([...members].sort())
  const first = seen.find(({ memberId }) => memberId === ada)
  const events = await identity.events(ada)
  expect(first?.blocked).toEqual([bob])
  expect(first?.version).toBe(events.length)
  expect(first?.facts).toEqual(
    events.findLast(({ type }) => type === 'identity.profile.changed')?.data as never,
  )
  expect(seen.find(({ memberId }) => memberId === bob)?.blocked).toEqual([])
})

test('a page ends early where the blocks would not fit into a message, and nobody is missed', async () => {
  const { db } = identity.deps
  const many = [
    await identity.visibleMember(),
    await identity.visibleMember(),
    await identity.visibleMember(),
  ]
  const created_at = identity.clock()
  for (const member of many) {
    for (let portion = 0; portion < 10; portion++) {
      const blocks = Array.from({ length: 1_000 }, () => crypto.randomUUID())
      await db.primary
        .insertInto('blocks')
        .values(blocks.map((other_id) => ({ member_id: toUuid(member), other_id, made: true, created_at })))
        .execute()
    }
  }
  const seen: MemberId[] = []
  let after: MemberId | null = null
  do {
    const page: Awaited<ReturnType<typeof take>> = await take(after, 500)
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(1_000_000)
    seen.push(...page.members.map(({ memberId }) => memberId))
    after = page.next
  } while (after)
  for (const member of many) expect(seen.filter((memberId) => memberId === member)).toHaveLength(1)
  expect(new Set(seen).size).toBe(seen.length)
})

test('its stream sequence is that of the last event published before', async () => {
  const published = await jetstream(identity.deps.nats).publish(
    eventSubject(memberRegistered, await identity.member()),
    '{}',
  )
  expect((await take(null, 1)).streamSequence).toBe(published.seq)
})
